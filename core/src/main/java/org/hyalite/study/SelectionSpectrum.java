package org.hyalite.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.msa.MsaWriter;
import org.hyalite.physics.Acquisition;
import org.hyalite.progress.Progress;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Projector;
import tools.jackson.databind.node.ObjectNode;

/** The sum spectrum of a saved selection, from the recorded files of the run, as {@link RegionSpectrum} takes it. */
public final class SelectionSpectrum {
    private static final String TASK = "spectrum of a selection";

    private SelectionSpectrum() {}

    /**
     * Sums it and keeps it beside the selection.
     *
     * @throws InputException if the recorded files are gone or have changed, or no pixel shows the selection clearly
     */
    public static void make(Path folder, String name, ResultsDiagram diagram, Progress progress) {
        SelectionFiles selections = new SelectionFiles(folder);
        DiagramSelection selection = selections.selection(name);
        ResultFiles files = ResultFiles.existing(folder);
        StudyRecord record = new StudyRecord();
        progress.report(TASK, 0);
        List<EdsMap> maps = RegionSpectrum.recorded(files, record);
        progress.report(TASK, 0.5);
        progress.check();
        Alignment alignment = RegionStep.alignment(files, record, maps);
        Volume total = diagram.density(Optional.empty());
        Projector projector = Projector.of(alignment.geometry(), total.nz(), total.ny(), total.nx(), total.voxelNm());
        TiltSeries all = projector.forward(total);
        TiltSeries part = projector.forward(diagram.density(Optional.of(selection)));
        progress.report(TASK, 0.7);
        progress.check();
        ObjectNode json = Json.object().put("selection", name);
        RegionSpectrum sum = RegionSpectrum.of(maps, alignment, part, all, json.putArray("per_tilt"));
        if (sum.pixels() == 0) {
            throw new InputException("in no recorded pixel does '" + name + "' make up half of the atoms; its spectrum"
                    + " cannot be told from that of its surroundings");
        }
        json.put("pixels", sum.pixels());
        json.put("least_share", RegionSpectrum.LEAST_SHARE);
        json.put("share_of_selection", sum.shareOfRegion());
        EnergyAxis axis = sum.spectrum().axis();
        double[] keV = new double[axis.channels()];
        for (int c = 0; c < keV.length; c++) {
            keV[c] = axis.energyKeV(c);
        }
        double[] counts = sum.spectrum().counts();
        ObjectNode spectrum = json.putObject("spectrum");
        spectrum.set("energy_keV", Json.numbers(keV));
        spectrum.set("counts", Json.numbers(counts));
        Statistics.Collector statistics = new Statistics.Collector();
        for (double v : counts) {
            statistics.add(v);
        }
        Signal signal = new Signal(
                name, List.of(), statistics.get(), Acquisition.nothing(), new Signal.SingleSpectrum(sum.spectrum()));
        MsaWriter.write(selections.file(name, ".msa"), signal);
        Json.write(selections.file(name, ".spectrum.json"), json);
        progress.report(TASK, 1);
    }
}
