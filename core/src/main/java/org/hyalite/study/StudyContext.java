package org.hyalite.study;

import java.util.List;
import java.util.Locale;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.study.CountsStep.Lines;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.Experiment.Preset;
import org.hyalite.study.recipe.Experiment.RegulariserKind;
import org.hyalite.study.recipe.Experiment.SeriesSettings;
import org.hyalite.study.recipe.Experiment.WeightChoice;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import org.hyalite.tomo.Weight;

/** What every step of one study shares. */
record StudyContext(Experiment experiment, RunSettings settings, StudyRecord record, Progress progress) {

    /** Of the spectra as counted; only the sample's may be denoised. */
    Lines lines() {
        List<XrayLine> lines =
                experiment.elements().values().stream().flatMap(List::stream).toList();
        return new Lines(
                lines,
                experiment.spectra().otherElements(),
                experiment.spectra().method());
    }

    String preset() {
        return experiment.reconstruction().preset().name().toLowerCase(Locale.ROOT);
    }

    ReconstructionSettings adfSettings() {
        return with(ReconstructionSettings.adf(), experiment.reconstruction().adf());
    }

    ReconstructionSettings edsSettings() {
        SeriesSettings user = experiment.reconstruction().eds();
        if (joint() && user.regulariser().isPresent()) {
            throw new InputException(
                    experiment.file()
                            + ": reconstruction.eds.regulariser belongs to the preset 'paper'; 'joint' couples the elements by its own");
        }
        return with(
                joint()
                        ? ReconstructionSettings.elements().with(new Regulariser.CoupledTv(coupling()))
                        : ReconstructionSettings.elements(),
                user);
    }

    private ReconstructionSettings with(ReconstructionSettings preset, SeriesSettings user) {
        ReconstructionSettings chosen = preset.withThreads(settings.threads());
        if (user.regulariser().isPresent()) {
            chosen = chosen.with(regulariser(user.regulariser().get()));
        }
        if (user.weight().isPresent()) {
            chosen = chosen.with(weight(user.weight().get()));
        }
        if (experiment.reconstruction().nz().isPresent()) {
            chosen = chosen.withPlanes(experiment.reconstruction().nz().get());
        }
        if (experiment.reconstruction().maxIterations().isPresent()) {
            chosen = chosen.withGap(
                    chosen.relativeGap(),
                    experiment.reconstruction().maxIterations().get());
        }
        return chosen;
    }

    private static Weight weight(WeightChoice choice) {
        return choice.relative().isPresent()
                ? new Weight.Relative(choice.relative().get())
                : new Weight.Auto(Weight.Criterion.of(choice.criterion()).orElse(Weight.Criterion.LEFT_OUT_TILTS));
    }

    /** Nuclear for two elements; for more its eigenvalues cost several times all the rest, and little is lost. */
    private Regulariser.Coupling coupling() {
        return experiment.elements().size() <= 2 ? Regulariser.Coupling.NUCLEAR : Regulariser.Coupling.FROBENIUS;
    }

    boolean joint() {
        return experiment.reconstruction().preset() == Preset.JOINT;
    }

    static Regulariser regulariser(RegulariserKind kind) {
        return switch (kind) {
            case TV -> new Regulariser.Tv();
            case TV2 -> new Regulariser.Tv2();
            case TGV -> new Regulariser.Tgv();
            case NONE -> new Regulariser.None();
        };
    }

    /** Refuses ADF images and maps that do not lie on one grid. */
    void requireSameGrid(String role, TiltSeries adf, EdsMap map) {
        boolean size = adf.ny() == map.map().ny() && adf.nx() == map.map().nx();
        boolean pixel = Math.abs(adf.pixelNm() - map.map().pixelNm()) <= 1e-3 * adf.pixelNm();
        if (!size || !pixel) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: ADF images of %d × %d pixels of %.4g nm, but maps of %d × %d of %.4g nm; record or rescale them alike",
                    role,
                    adf.ny(),
                    adf.nx(),
                    adf.pixelNm(),
                    map.map().ny(),
                    map.map().nx(),
                    map.map().pixelNm()));
        }
    }
}
