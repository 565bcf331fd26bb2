package org.hyalite.io.tiff;

/** The tags that are used, by their numbers in TIFF 6.0 and in the programs that add their own. */
final class Tag {
    static final int NEW_SUBFILE_TYPE = 254;
    static final int WIDTH = 256;
    static final int LENGTH = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int DESCRIPTION = 270;
    static final int STRIP_OFFSETS = 273;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int X_RESOLUTION = 282;
    static final int Y_RESOLUTION = 283;
    static final int PLANAR = 284;
    static final int RESOLUTION_UNIT = 296;
    static final int SOFTWARE = 305;
    static final int PREDICTOR = 317;
    static final int TILE_WIDTH = 322;
    static final int TILE_LENGTH = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int SAMPLE_FORMAT = 339;
    /** FEI's instruments: text in sections ({@code [Scan]}). */
    static final int FEI_SFEG = 34680;

    static final int FEI_HELIOS = 34682;
    /** DigitalMicrograph's export: units and scales of x and y. */
    static final int DM_UNIT_X = 65003;

    static final int DM_UNIT_Y = 65004;
    static final int DM_SCALE_X = 65009;
    static final int DM_SCALE_Y = 65010;

    private Tag() {}
}
