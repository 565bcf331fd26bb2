package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.recipe.Experiment.SampleSpec;
import tools.jackson.databind.node.ObjectNode;

final class QuantifyStep {
    record Quantified(Map<Element, List<Image>> valueMap, Map<Element, List<Image>> errorMap, double[] tilts, double[] gains) {
        List<Image> values(Element e) { return valueMap.get(e); }
        List<Image> errors(Element e) { return errorMap.get(e); }
        double[] gainsFor(double[] t) { double[] g = new double[t.length]; for (int i = 0; i < t.length; i++) { g[i] = 1; for (int k = 0; k < tilts.length; k++) if (Math.abs(tilts[k]-t[i])<0.5) g[i] = gains[k]; } return g; }
        ObjectNode gainReport() { ObjectNode o = Json.object(); o.set("gain", Json.numbers(gains)); return o; }
    }
    static Quantified quantify(StudyContext c, SampleSpec spec, SeriesCounts counts, Optional<Calibration> cal, boolean fills) {
        int n = counts.maps().size();
        Map<Element, List<Image>> v = new LinkedHashMap<>(), s = new LinkedHashMap<>();
        double[] g = new double[n]; java.util.Arrays.fill(g, 1);
        for (var entry : c.experiment().elements().entrySet()) {
            List<Image> vs = new ArrayList<>(), ss = new ArrayList<>();
            for (int m = 0; m < n; m++) {
                double k = 1;
                if (cal.isPresent()) {
                    Dose dose = Beams.dose(c.record(), "sample", counts.maps().get(m), m, n, spec.beam().orElse(c.experiment().microscope().beam()), c.experiment().spectra().bin());
                    double sig = 0; for (XrayLine l : entry.getValue()) sig += cal.get().crossSection(l).orElseThrow().nm2();
                    k = dose.electrons() * sig;
                }
                Image a = null, b = null;
                for (XrayLine l : entry.getValue()) { LineMap lm = counts.counts().get(m).get(l);
                    if (a == null) { a = Image.zeros(lm.counts().ny(), lm.counts().nx(), lm.counts().pixelNm()); b = Image.zeros(a.ny(), a.nx(), a.pixelNm()); }
                    for (int i = 0; i < a.values().length; i++) { a.values()[i] += lm.counts().values()[i] / k; b.values()[i] += Math.pow(lm.standardError().values()[i] / k, 2); } }
                for (int i = 0; i < b.values().length; i++) b.values()[i] = (float) Math.sqrt(b.values()[i]);
                vs.add(a); ss.add(b);
            }
            v.put(entry.getKey(), vs); s.put(entry.getKey(), ss);
        }
        double[] t = counts.maps().stream().mapToDouble(x -> x.tiltDeg()).toArray();
        if (cal.isPresent() && !fills) {
            double[] tot = new double[n]; int z = 0; for (int m = 0; m < n; m++) { for (var e : v.values()) tot[m] += e.get(m).sum(); if (Math.abs(t[m]) < Math.abs(t[z])) z = m; }
            for (int m = 0; m < n; m++) { g[m] = tot[m] / tot[z]; for (var e : List.of(v, s)) for (var l : e.values()) { float[] x = l.get(m).values(); for (int i = 0; i < x.length; i++) x[i] /= g[m]; } }
        }
        return new Quantified(v, s, t, g);
    }
}
