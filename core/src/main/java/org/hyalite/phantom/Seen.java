package org.hyalite.phantom;

/**
 * What lies in the way of the beam at each pixel of one recorded image, {@code [y · size + x]}.
 *
 * @param metals {@code [metal][pixel]}, atoms/nm²
 * @param film carbon of the support film, atoms/nm²
 * @param view from where
 */
record Seen(double[][] metals, double[] film, View view) {
    static Seen of(Phantom phantom, Film film, View view) {
        return new Seen(phantom.areal(view), film.areal(view), view);
    }

    int size() {
        return view.size();
    }
}
