package org.hyalite.study.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hyalite.physics.DetectorDirection;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;

/**
 * What an experiment file says, checked for sense but not yet against the files it names. Every path is resolved
 * against the file's folder. Whatever the user did not say is empty here: the study decides, and records, what follows.
 *
 * @param file the experiment file
 * @param elements quantified elements and their lines, in the user's order
 * @param calibration a calibration made earlier, instead of standards
 * @param sample absent in a file that only calibrates
 * @param absorption what is done about X-rays that the specimen absorbs
 * @param given every setting as it stands in the file, for the record
 */
public record Experiment(
        Path file,
        Microscope microscope,
        Map<Element, List<XrayLine>> elements,
        Spectra spectra,
        List<StandardSpec> standards,
        Optional<Path> calibration,
        Optional<SampleSpec> sample,
        AlignmentSpec alignment,
        ReconstructionSpec reconstruction,
        PhaseSpec phases,
        AbsorptionSpec absorption,
        List<Given> given) {

    /** The folder of the experiment file, which its paths are relative to. */
    public Path folder() {
        return Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(Path.of("/"));
    }

    /** The same experiment with another sample. */
    public Experiment withSample(SampleSpec other) {
        return new Experiment(
                file,
                microscope,
                elements,
                spectra,
                standards,
                calibration,
                Optional.of(other),
                alignment,
                reconstruction,
                phases,
                absorption,
                given);
    }

    /** Whether the file says anything under a key. */
    public boolean gives(String key) {
        return given.stream().anyMatch(g -> g.key().equals(key));
    }

    /**
     * What the user says of the microscope; each value may stand in the files instead.
     *
     * @param detectors their names
     * @param directions where they stand; empty if the user does not say
     */
    public record Microscope(
            String name,
            Optional<String> holder,
            List<String> detectors,
            List<DetectorDirection> directions,
            Beam beam,
            Optional<Double> beamEnergyKeV) {}

    /**
     * What is done about X-rays that the specimen absorbs.
     *
     * @param perAtom atoms of unmeasured elements that come with one atom of a measured one
     * @param rounds reconstructions with corrected counts, after the first without
     */
    public record AbsorptionSpec(AbsorptionMethod method, Map<Element, Map<Element, Double>> perAtom, int rounds) {
        /** Nothing was said: only estimated. */
        public static final AbsorptionSpec SILENT = new AbsorptionSpec(AbsorptionMethod.ESTIMATE, Map.of(), 1);
    }

    /** How absorption is treated. */
    public enum AbsorptionMethod {
        /** Not looked at. */
        NONE,
        /** Estimated, with a warning where it matters; nothing is corrected. */
        ESTIMATE,
        /** Corrected with the paths through the reconstructed volume to every detector. */
        VOLUME
    }

    /**
     * Current and live time per pixel, as far as the user gives them: nothing, one value for all maps, or one for each
     * map in ascending order of tilt.
     */
    public record Beam(List<Double> currentsNa, List<Double> dwellTimesS) {
        /** This, or what {@code outer} says where this is silent. */
        public Beam orElse(Beam outer) {
            return new Beam(
                    currentsNa.isEmpty() ? outer.currentsNa : currentsNa,
                    dwellTimesS.isEmpty() ? outer.dwellTimesS : dwellTimesS);
        }
    }

    /**
     * How counts are taken from spectra.
     *
     * @param denoise empty: as counted
     */
    public record Spectra(List<Element> otherElements, Method method, int bin, Optional<Denoise> denoise) {}

    /**
     * That the sample's spectra are held to a few common shapes.
     *
     * @param rank how many; empty: as many as have the least estimated risk
     */
    public record Denoise(OptionalInt rank) {
        private static final int MOST = 100;

        /**
         * {@code auto}, or a whole number.
         *
         * @throws InputException if it is neither
         */
        public static Denoise of(String text) {
            if (text.equals("auto")) {
                return new Denoise(OptionalInt.empty());
            }
            if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
                return new Denoise(OptionalInt.of(Integer.parseInt(text)));
            }
            throw new InputException("'" + text + "' is no number of components; give 1…" + MOST + " or auto");
        }
    }

    /** The estimator of net counts. */
    public enum Method {
        FIT,
        WINDOWS
    }

    /**
     * Files of one series, and how their tilts are known.
     *
     * @param folder what the pattern is relative to
     * @param pattern a path or glob as the user wrote it
     * @param ownTilts angles given for this series ({@code adf_tilts}, {@code eds_tilts}), in the order of the files' names
     * @param tilts angles given for the particle: taken where their number fits the series
     * @param signal which of the images of a file that holds several
     */
    public record Source(
            Path folder,
            String pattern,
            Optional<List<Double>> ownTilts,
            Optional<List<Double>> tilts,
            Optional<String> tiltFromName,
            Optional<String> signal) {}

    /**
     * One setting as it stands in the experiment file.
     *
     * @param key where: {@code reconstruction.eds.weight}, {@code standards[0].name}
     * @param value a number, a text, or a list of them
     */
    public record Given(String key, Object value, int line) {}

    /** A particle of one element at a known density. */
    public record StandardSpec(
            String name,
            Element element,
            double densityPerNm3,
            Source adf,
            Source eds,
            boolean axisAlongX,
            Beam beam) {}

    /** The particle to be mapped. */
    public record SampleSpec(String name, Source adf, Source eds, boolean axisAlongX, Beam beam, boolean fillsField) {}

    /**
     * How the tilt series is aligned.
     *
     * @param refine whether what {@link AlignmentMethod#AUTO} finds is refined by projection matching
     */
    public record AlignmentSpec(AlignmentMethod method, Optional<Path> file, boolean refine) {
        /** Nothing was said. */
        public static final AlignmentSpec SILENT = new AlignmentSpec(AlignmentMethod.AUTO, Optional.empty(), true);

        /** Whether anything is refined. */
        public boolean refines() {
            return refine && method == AlignmentMethod.AUTO;
        }

        /** Standards have series of their own, to which a file of shifts does not apply. */
        public AlignmentSpec forStandards() {
            return method == AlignmentMethod.FILE
                    ? new AlignmentSpec(AlignmentMethod.AUTO, Optional.empty(), refine)
                    : this;
        }
    }

    /** Where shifts come from. */
    public enum AlignmentMethod {
        AUTO,
        NONE,
        FILE
    }

    /** Settings of the two kinds of reconstruction; empty means the preset's. */
    public record ReconstructionSpec(
            Preset preset,
            SeriesSettings adf,
            SeriesSettings eds,
            Optional<Integer> nz,
            Optional<Integer> maxIterations) {}

    /** A named choice of regularisers and data terms. */
    public enum Preset {
        /** TV for ADF; TV² with unweighted least squares for each element by itself: the paper's. */
        PAPER,
        /**
         * TV for ADF; the elements together from their counts (Kullback–Leibler), nuclear-coupled TV, the ADF images fused in:
         * measured better.
         */
        JOINT
    }

    /** Single settings that override the preset. */
    public record SeriesSettings(Optional<RegulariserKind> regulariser, Optional<WeightChoice> weight) {}

    /**
     * A relative weight, or how it is found.
     *
     * @param criterion {@code auto}, {@code tilts}, {@code thinning}, {@code discrepancy}; looked at where no number is given
     */
    public record WeightChoice(Optional<Double> relative, String criterion) {}

    /** Which regulariser. */
    public enum RegulariserKind {
        TV,
        TV2,
        TGV,
        NONE
    }

    /** Which diagram is drawn; empty: among all quantified elements, the fraction of the last. */
    public record PhaseSpec(Optional<Element> fractionOf, List<Element> among) {}
}
