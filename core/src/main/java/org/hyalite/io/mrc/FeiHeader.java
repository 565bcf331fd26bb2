package org.hyalite.io.mrc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/**
 * What Thermo Fisher (FEI) programs write into the extended header, one block per image: {@code FEI1} and
 * {@code FEI2}, which begin alike. A bit of a mask says of each field whether it was set.
 *
 * @param type {@code FEI1}, {@code FEI2}, or empty where there is none
 * @param tilts stage tilt of each image, degrees; empty if not stated for all
 */
record FeiHeader(String type, Optional<Double> pixelNm, Optional<Double> beamEnergyKeV, List<Double> tilts) {
    private static final int MASK_AT = 8;
    private static final int VOLTAGE_AT = 84;
    private static final int VOLTAGE_BIT = 5;
    private static final int TILT_AT = 100;
    private static final int TILT_BIT = 7;
    private static final int PIXEL_X_AT = 156;
    private static final int PIXEL_X_BIT = 14;
    private static final int PIXEL_Y_AT = 164;
    private static final int LEAST_BLOCK = 172;
    private static final double VOLT_PER_KILOVOLT = 1000;

    private static final FeiHeader NONE = new FeiHeader("", Optional.empty(), Optional.empty(), List.of());

    /** Part of a file. */
    record Range(long from, int length) {}

    /** Reads part of a file. */
    interface Source {
        byte[] bytes(Range range) throws IOException;
    }

    static FeiHeader read(Path file, MrcHeader header, Source source) throws IOException {
        String type = header.extendedType();
        if (!type.equals("FEI1") && !type.equals("FEI2") || header.extendedBytes() < LEAST_BLOCK) {
            return NONE;
        }
        int block = ByteBuffer.wrap(source.bytes(new Range(MrcHeader.BYTES, 4)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(0);
        if (block < LEAST_BLOCK || (long) block * header.planes() > header.extendedBytes()) {
            throw MalformedFileException.at(
                    file,
                    MrcHeader.BYTES,
                    "blocks of " + block + " bytes for " + header.planes()
                            + " images do not fit the extended header of " + header.extendedBytes() + " bytes");
        }
        Optional<Double> pixel = Optional.empty();
        Optional<Double> energy = Optional.empty();
        List<Double> tilts = new ArrayList<>();
        for (int i = 0; i < header.planes(); i++) {
            long at = MrcHeader.BYTES + (long) i * block;
            ByteBuffer b =
                    ByteBuffer.wrap(source.bytes(new Range(at, LEAST_BLOCK))).order(ByteOrder.LITTLE_ENDIAN);
            int mask = b.getInt(MASK_AT);
            double tilt = b.getDouble(TILT_AT);
            if ((mask >> TILT_BIT & 1) == 1 && Math.abs(tilt) <= 180) {
                tilts.add(tilt);
            }
            double px = b.getDouble(PIXEL_X_AT) * Units.NM_PER_M;
            double py = b.getDouble(PIXEL_Y_AT) * Units.NM_PER_M;
            if (i == 0 && (mask >> PIXEL_X_BIT & 3) == 3 && px > 0 && px < 1e9 && Math.abs(px - py) <= 1e-3 * px) {
                pixel = Optional.of(px);
            }
            double volts = b.getDouble(VOLTAGE_AT);
            if (i == 0 && (mask >> VOLTAGE_BIT & 1) == 1 && volts > 0 && volts < 1e8) {
                energy = Optional.of(volts / VOLT_PER_KILOVOLT);
            }
        }
        return new FeiHeader(type, pixel, energy, tilts.size() == header.planes() ? tilts : List.of());
    }

    /** Where the pixel size stands. */
    String pixelTag() {
        return type + " pixel size X";
    }

    Acquisition addTo(Acquisition known) {
        Acquisition more = known;
        if (beamEnergyKeV.isPresent()) {
            more = more.with(Key.BEAM_ENERGY, beamEnergyKeV.get(), type + " HT");
        }
        if (tilts.size() == 1) {
            more = more.with(Key.TILT, tilts.get(0), type + " alpha tilt");
        } else if (!tilts.isEmpty()) {
            more = more.withNumbers(Key.TILTS, tilts, type + " alpha tilt");
        }
        return more;
    }
}
