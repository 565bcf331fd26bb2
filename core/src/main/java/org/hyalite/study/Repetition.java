package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.VolumeStep.Reconstructed;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.ImageNoise;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.JointReconstruction;
import org.hyalite.tomo.JointReconstructor;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Weight;

/**
 * The elements' volumes once more, from other data of the same shape: preset, regularisers, weights α, gap and geometry are
 * those of a run that is finished. Nothing is searched for, written or noted. The other data may be the measured counts
 * redrawn, or what the microscope would have recorded of given volumes ({@link #simulated}).
 *
 * <p>What is held is α itself, not the relative weight. The ADF images' response to each element is estimated anew from each
 * data, as a run does.
 */
final class Repetition {
    /** Names the streams of random numbers of one simulation. */
    private static final long COUNTS = 1;

    private static final long ADF = 2;

    private final List<Element> elements;
    private final Data measured;
    private final Map<Element, ReconstructionSettings> settings;
    /** Intensity of the ADF images per atom/nm², by element; empty where they took no part. */
    private final Map<Element, Double> adfResponse;

    private final Slabs slabs;

    /** What volumes are reconstructed from; all series brought to the tilt axis, {@code [tilt, y, x]}. */
    sealed interface Data {
        /** The shape and geometry that all its series share. */
        TiltSeries like();

        /**
         * Each element by itself.
         *
         * @param areal atoms/nm², or counts without calibration
         * @param errors standard errors, likewise
         */
        record Alone(Map<Element, TiltSeries> areal, Map<Element, TiltSeries> errors) implements Data {
            @Override
            public TiltSeries like() {
                return areal.values().iterator().next();
            }
        }

        /** All of them together; the channels in the elements' order. */
        record Together(JointData joint) implements Data {
            @Override
            public TiltSeries like() {
                return joint.channels().get(0).counts();
            }
        }
    }

    private Repetition(
            List<Element> elements,
            Data measured,
            Map<Element, ReconstructionSettings> settings,
            Map<Element, Double> adfResponse,
            Slabs slabs) {
        this.elements = elements;
        this.measured = measured;
        this.settings = settings;
        this.adfResponse = adfResponse;
        this.slabs = slabs;
    }

    /**
     * Of a finished run.
     *
     * @param data what it reconstructed from
     * @param made what came of it, by element
     * @param fillsField whether the specimen goes on beyond the field, as the run took it
     */
    static Repetition of(StudyContext context, ElementData data, Map<Element, Reconstructed> made, boolean fillsField) {
        List<Element> elements = List.copyOf(made.keySet());
        Map<Element, ReconstructionSettings> settings = new LinkedHashMap<>();
        Map<Element, Double> response = new LinkedHashMap<>();
        for (Element element : elements) {
            var report = Objects.requireNonNull(made.get(element)).convergence();
            settings.put(
                    element,
                    context.edsSettings()
                            .withFilledField(fillsField)
                            .with(new Weight.Absolute(report.path("alpha").asDouble())));
            if (report.path("adf_fused").asBoolean(false)) {
                response.put(element, report.path("adf_response").asDouble());
            }
        }
        return new Repetition(
                elements,
                of(data),
                settings,
                response,
                Slabs.of(context.settings().threads()));
    }

    /** The data of a run, or of another made like it. */
    static Data of(ElementData data) {
        return data.joint().<Data>map(Data.Together::new).orElseGet(() -> new Data.Alone(data.areal(), data.errors()));
    }

    /** What the run reconstructed from. */
    Data measured() {
        return measured;
    }

    /** In the order of the experiment. */
    List<Element> elements() {
        return elements;
    }

    /** Bytes of heap that one repetition needs, from above. */
    long forecastBytes() {
        ReconstructionSettings first = settings(elements.get(0));
        if (measured instanceof Data.Together together) {
            return JointReconstructor.forecastBytes(together.joint(), first.with(new Weight.Auto()));
        }
        return Reconstructor.forecastBytes(measured.like(), first);
    }

    private ReconstructionSettings settings(Element element) {
        return Objects.requireNonNull(settings.get(element));
    }

    /**
     * The volumes of some data.
     *
     * @return by element, atoms/nm³, or counts/nm without calibration
     * @throws InputException if the data cannot be reconstructed
     */
    Map<Element, Volume> volumes(Data data, Progress progress) {
        Map<Element, Volume> volumes = new LinkedHashMap<>();
        try {
            if (data instanceof Data.Together together) {
                JointReconstruction done =
                        JointReconstructor.reconstruct(together.joint(), settings(elements.get(0)), progress);
                for (int i = 0; i < elements.size(); i++) {
                    volumes.put(elements.get(i), ofField(done.volumes().get(i).volume()));
                }
            } else if (data instanceof Data.Alone alone) {
                for (Element element : elements) {
                    volumes.put(
                            element,
                            ofField(Reconstructor.reconstruct(
                                            Objects.requireNonNull(alone.areal().get(element)),
                                            Optional.of(Objects.requireNonNull(
                                                    alone.errors().get(element))),
                                            settings(element),
                                            progress)
                                    .volume()));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new InputException("repeated reconstruction: " + e.getMessage(), e);
        }
        return volumes;
    }

    /**
     * What would have been recorded of some volumes, with the noise of the run's data: counts are Poisson numbers about
     * {@code c(θ) Ax + background}, areal densities normal ones about {@code Ax} with the measured standard errors, ADF images
     * normal ones about {@code Σ R Ax} with the measured images' own noise. All is drawn on the aligned grid; A is the
     * reconstruction's own projector. Of a specimen that fills the field, what a run's volumes say ends at the field; it is
     * taken to go on as at the field's edge.
     *
     * @param volumes by element, on the run's grid, in its unit
     * @param seed names the draw; the result does not depend on the number of threads
     */
    Data simulated(Map<Element, Volume> volumes, long seed) {
        if (measured instanceof Data.Alone alone) {
            Map<Element, TiltSeries> areal = new LinkedHashMap<>();
            for (int i = 0; i < elements.size(); i++) {
                Element element = elements.get(i);
                TiltSeries errors = Objects.requireNonNull(alone.errors().get(element));
                areal.put(element, noisy(cast(volumes, element), errors, seed, COUNTS, i));
            }
            return new Data.Alone(areal, alone.errors());
        }
        JointData given = ((Data.Together) measured).joint();
        List<JointData.Channel> channels = new ArrayList<>();
        Optional<TiltSeries> bright = given.adf().filter(adf -> !adfResponse.isEmpty());
        Optional<TiltSeries> expected =
                bright.map(adf -> TiltSeries.zeros(adf.geometry(), adf.ny(), adf.nx(), adf.pixelNm()));
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            TiltSeries shown = cast(volumes, element);
            JointData.Channel channel = given.channels().get(i);
            TiltSeries counts = shown.copy();
            int index = i;
            slabs.run(counts.blocks().length * counts.tilts(), piece -> {
                int b = piece / counts.tilts();
                int t = piece % counts.tilts();
                float[] block = counts.blocks()[b];
                float[] background = channel.background().blocks()[b];
                int size = block.length / counts.tilts();
                Draws draws = Draws.of(seed, COUNTS, index, b, t);
                for (int k = t * size; k < (t + 1) * size; k++) {
                    block[k] = draws.poisson(channel.countsPerUnit()[t] * block[k] + background[k]);
                }
            });
            channels.add(new JointData.Channel(channel.name(), counts, channel.background(), channel.countsPerUnit()));
            expected.ifPresent(e -> add(e, shown, Objects.requireNonNull(adfResponse.get(element))));
        }
        Optional<TiltSeries> adf = expected.map(e -> {
            TiltSeries errors = ImageNoise.of(bright.orElseThrow()).errors(e);
            return noisy(e, errors, seed, ADF, 0);
        });
        return new Data.Together(new JointData(channels, adf.or(given::adf)));
    }

    private TiltSeries cast(Map<Element, Volume> volumes, Element element) {
        Volume volume = Objects.requireNonNull(volumes.get(element), element + " has no volume");
        int beside = settings(element).beside(measured.like());
        return Projector.of(
                        measured.like().geometry(),
                        volume.nz(),
                        volume.ny(),
                        volume.nx(),
                        beside,
                        volume.voxelNm(),
                        slabs)
                .forward(goneOn(volume, beside));
    }

    /** What lies in the field, as a run keeps it. */
    private Volume ofField(Volume made) {
        int columns = measured.like().nx();
        return made.columns((made.nx() - columns) / 2, columns);
    }

    /** With the columns at its edges once more for each column beside it. */
    private static Volume goneOn(Volume volume, int beside) {
        if (beside == 0) {
            return volume;
        }
        Volume wide = Volume.zeros(volume.nz(), volume.ny(), volume.nx() + 2 * beside, volume.voxelNm());
        for (int z = 0; z < wide.nz(); z++) {
            for (int y = 0; y < wide.ny(); y++) {
                for (int x = 0; x < wide.nx(); x++) {
                    wide.set(z, y, x, volume.at(z, y, Math.max(0, Math.min(volume.nx() - 1, x - beside))));
                }
            }
        }
        return wide;
    }

    private static void add(TiltSeries to, TiltSeries series, double factor) {
        for (int b = 0; b < to.blocks().length; b++) {
            for (int i = 0; i < to.blocks()[b].length; i++) {
                to.blocks()[b][i] += (float) (factor * series.blocks()[b][i]);
            }
        }
    }

    /** Normal numbers about a series. */
    static TiltSeries noisy(TiltSeries mean, TiltSeries errors, long seed, long... name) {
        TiltSeries drawn = mean.copy();
        for (int b = 0; b < drawn.blocks().length; b++) {
            float[] block = drawn.blocks()[b];
            float[] error = errors.blocks()[b];
            long[] stream = Arrays.copyOf(name, name.length + 1);
            stream[name.length] = b;
            Draws draws = Draws.of(seed, stream);
            for (int i = 0; i < block.length; i++) {
                block[i] += (float) (error[i] * draws.normal());
            }
        }
        return drawn;
    }
}
