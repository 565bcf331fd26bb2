package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.quantify.Composition;
import org.hyalite.quantify.CompositionQuantifier;
import org.hyalite.study.recipe.Experiment.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Protects the agreement with the program that most people quantify with: HyperSpy 1.7.3, as Debian has it. */
class QuantifyInHyperSpyTest {
    private static final List<String> LINES = List.of("Fe_Ka", "Pt_La", "Si_Ka");
    private static final int NY = 4;
    private static final int NX = 5;
    private static final double PIXEL_NM = 1.5;
    private static final Dose DOSE = new Dose(0.9, 0.12);

    @TempDir
    Path folder;

    private static final String METHODS = """
            given = json.load(open(sys.argv[2]))
            def maps():
                out = []
                for line in given["lines"]:
                    s = hs.signals.BaseSignal(np.array(given["counts"][line])).T
                    s.metadata.set_item("Sample.xray_lines", [line])
                    s.metadata.set_item("Sample.elements", [line.split("_")[0]])
                    out.append(s)
                return out
            s = EDSTEMSpectrum(np.ones((given["ny"], given["nx"], 8)))
            for axis in s.axes_manager.navigation_axes:
                axis.scale, axis.units = given["pixel_nm"], "nm"
            s.set_microscope_parameters(beam_energy=200, live_time=given["dwell_s"], beam_current=given["current_nA"])
            by = lambda kind: [given[kind][line] for line in given["lines"]]
            plain = lambda signals: {l: x.data.tolist() for l, x in zip(given["lines"], signals)}
            zeta, thickness = s.quantification(maps(), "zeta", by("zeta"), composition_units="weight", navigation_mask=None)
            sigma, atoms = s.quantification(maps(), "cross_section", by("sigma"), navigation_mask=None)
            json.dump({
                "CL": plain(s.quantification(maps(), "CL", by("k"), composition_units="weight", navigation_mask=None)),
                "zeta": plain(zeta), "thickness": thickness.data.tolist(),
                "sigma": plain(sigma), "atoms": plain(atoms),
            }, open(sys.argv[1], "w"))
            """;

    @Test
    void cliffLorimerZetaAndCrossSectionsAgreeOnTheSameCounts() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        Map<XrayLine, CrossSection> barn = new LinkedHashMap<>();
        ObjectNode given = Json.object();
        ObjectNode counts = given.putObject("counts");
        List<LineMap> maps = new ArrayList<>();
        for (int l = 0; l < LINES.size(); l++) {
            XrayLine line = XrayLine.of(LINES.get(l));
            barn.put(line, new CrossSection(1 + 2.3 * l, 0));
            Image image = Image.zeros(NY, NX, PIXEL_NM);
            ArrayNode rows = counts.putArray(line.name());
            for (int y = 0; y < NY; y++) {
                ArrayNode row = rows.addArray();
                for (int x = 0; x < NX; x++) {
                    image.set(y, x, (float) (5 + 200 * random.nextDouble()));
                    row.add(image.at(y, x));
                }
            }
            maps.add(new LineMap(line, image, Image.zeros(NY, NX, PIXEL_NM)));
        }
        LineFactors sigma = LineFactors.of(barn);
        LineFactors zeta = sigma.toAbsolute(FactorKind.ZETA);
        LineFactors k = sigma.toRelative(FactorKind.K_WEIGHT, XrayLine.of("Si_Ka"));
        put(given.putObject("sigma"), sigma);
        put(given.putObject("zeta"), zeta);
        put(given.putObject("k"), k);
        ArrayNode lines = given.putArray("lines");
        LINES.forEach(lines::add);
        given.put("ny", NY).put("nx", NX).put("pixel_nm", PIXEL_NM);
        given.put("dwell_s", DOSE.dwellS()).put("current_nA", DOSE.currentNa());
        Path file = folder.resolve("given.json");
        Json.write(file, given);
        JsonNode theirs = HyperSpy.say(folder, METHODS, file);

        Composition byK = CompositionQuantifier.of(k).withSignificance(0).quantify(maps, Optional.empty());
        Composition byZeta = CompositionQuantifier.of(zeta).withSignificance(0).quantify(maps, Optional.of(DOSE));
        Composition bySigma =
                CompositionQuantifier.of(sigma).withSignificance(0).quantify(maps, Optional.of(DOSE));
        for (String name : LINES) {
            Element element = XrayLine.of(name).element();
            agree(
                    byK.parts().get(element).weight().value(),
                    100,
                    theirs.path("CL").path(name));
            agree(
                    byZeta.parts().get(element).weight().value(),
                    100,
                    theirs.path("zeta").path(name));
            agree(
                    bySigma.parts().get(element).atomic().value(),
                    100,
                    theirs.path("sigma").path(name));
            Image areal = bySigma.parts().get(element).areal().orElseThrow().value();
            agree(areal, PIXEL_NM * PIXEL_NM, theirs.path("atoms").path(name));
        }
        agree(byZeta.massThickness().orElseThrow().value(), 1, theirs.path("thickness"));
    }

    private static void put(ObjectNode node, LineFactors factors) {
        factors.factors().forEach((line, f) -> node.put(line.name(), f.value()));
    }

    private static void agree(Image ours, double unit, JsonNode theirs) {
        assertThat(theirs).hasSize(NY);
        for (int y = 0; y < NY; y++) {
            for (int x = 0; x < NX; x++) {
                double expected = theirs.path(y).path(x).asDouble();
                assertThat(unit * ours.at(y, x)).isCloseTo(expected, within(1e-4 * expected));
            }
        }
    }

    private static final String CUBE = """
            s = hs.load(sys.argv[2])
            s.set_microscope_parameters(live_time=float(sys.argv[3]), beam_current=float(sys.argv[4]))
            s.set_elements(["Co", "Zn"])
            lines = ["Co_Ka", "Zn_Ka"]
            background = s.estimate_background_windows(line_width=[2.0, 2.0], windows_width=0.5, xray_lines=lines)
            counts = s.get_lines_intensity(lines, integration_windows=3.0, background_windows=background)
            fractions, atoms = s.quantification(counts, "cross_section",
                [float(sys.argv[5]), float(sys.argv[6])], navigation_mask=None)
            json.dump({x.metadata.Sample.xray_lines[0]: x.data.tolist() for x in atoms}, open(sys.argv[1], "w"))
            """;

    /**
     * A twin's map at zero tilt with its Co and Zn Kα, which do not overlap: HyperSpy's windows (3 FWHM wide, two
     * backgrounds) and our fit give the same atoms per pixel within 1 % wherever there are many, and both the truth.
     */
    @Test
    void atomsPerPixelOfATwinCubeAgreeWithItsCrossSectionMethod() throws Exception {
        TwinSettings settings = TwinSettings.of(TwinSettings.Kind.FLUX)
                .withSize(24)
                .withTilts(3)
                .withoutMisalignment()
                .noiseFree();
        Twin twin = Twin.simulate(settings, 2, Progress.NONE);
        TwinFiles.write(twin, folder.resolve("twin"), 2, Progress.NONE);
        Path cube = folder.resolve("twin/sample/eds/tilt_0.zspy");
        Map<XrayLine, CrossSection> truth = twin.crossSections();
        XrayLine co = XrayLine.of("Co_Ka");
        XrayLine zn = XrayLine.of("Zn_Ka");
        JsonNode theirs = HyperSpy.say(
                folder,
                CUBE,
                cube,
                twin.sample().acquisition(1).number(Key.DWELL_TIME).orElseThrow(),
                twin.sample().acquisition(1).number(Key.BEAM_CURRENT).orElseThrow(),
                truth.get(co).barn(),
                truth.get(zn).barn());
        Path factors = folder.resolve("sigma.csv");
        Files.writeString(
                factors,
                "line,sigma_barn\nZn_Ka," + truth.get(zn).barn() + "\nCo_Ka,"
                        + truth.get(co).barn() + "\n");
        Path out = folder.resolve("composition");
        CompositionStep.quantify(
                new CompositionStep.Request(
                        List.of(cube),
                        factors,
                        List.of(),
                        List.of(Element.of("Cu"), Element.of("C"), Element.of("N"), Element.of("Si")),
                        Method.FIT,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        3),
                out,
                2,
                Progress.NONE);
        for (XrayLine line : List.of(co, zn)) {
            Image ours = Stacks.images(out.resolve("areal_density_" + line.element() + ".mrc"))
                    .get(0);
            Image exact = twin.sample().density(line.element()).projectionZ();
            double area = settings.pixelNm() * settings.pixelNm();
            double most = 0;
            for (float v : ours.values()) {
                most = Math.max(most, v);
            }
            int compared = 0;
            for (int y = 0; y < ours.ny(); y++) {
                for (int x = 0; x < ours.nx(); x++) {
                    if (ours.at(y, x) > 0.3 * most) {
                        double atoms = ours.at(y, x) * area;
                        assertThat(theirs.path(line.name()).path(y).path(x).asDouble())
                                .as(line + " at y %d, x %d", y, x)
                                .isCloseTo(atoms, within(0.01 * atoms));
                        compared++;
                    }
                }
            }
            assertThat(compared).isGreaterThan(40);
            assertThat(ours.sum()).isCloseTo(exact.sum(), within(0.02 * exact.sum()));
        }
    }
}
