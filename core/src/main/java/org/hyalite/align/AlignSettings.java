package org.hyalite.align;

/**
 * What a user may choose about an alignment.
 *
 * @param method how shifts are found
 * @param maxRotationDeg the axis rotation is sought within ± this angle, degrees; 0 keeps the axis along y
 */
public record AlignSettings(Method method, double maxRotationDeg) {
    /** How shifts are found. */
    public enum Method {
        /** {@link #MOMENTS} where a particle stands free in the field, else {@link #CORRELATION}. */
        AUTO,
        /** Mass per row along the tilt axis, and centre of mass across it: for a particle that stands free. */
        MOMENTS,
        /** Phase correlation of neighbouring images after stretching by 1/cos θ: for a specimen that fills the field. */
        CORRELATION
    }

    public AlignSettings {
        if (!(maxRotationDeg >= 0 && maxRotationDeg <= 20)) {
            throw new IllegalArgumentException("largest axis rotation " + maxRotationDeg + "° is not within 0…20°");
        }
    }

    /** Method by the data; axis rotation within ±15°. */
    public static AlignSettings defaults() {
        return new AlignSettings(Method.AUTO, 15);
    }
}
