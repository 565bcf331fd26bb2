package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.figure.ElementGridFigure;
import org.hyalite.figure.ElementVolume;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.figure.Palette;
import org.hyalite.figure.RenderingFigure;
import org.hyalite.figure.SampleFigure;
import org.hyalite.figure.SampleFigure.Channel;
import org.hyalite.figure.SampleFigure.Slices;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sample's elements: added up, one by one, or rendered. The volumes are the folder's.
 *
 * @param adf image at zero tilt, and its volume, for the view one by one
 */
record ElementsData(
        Show show, List<Channel> channels, Optional<Adf> adf, Slices slices, String arealUnit, String densityUnit)
        implements FigureData {
    static final String KIND = "elements";

    private static final String ADF_VOLUME = "sample/volume_ADF.mrc";

    /** How they are shown. */
    enum Show {
        /** Added up: maps, reprojection and slices. */
        MIXED,
        /** Each in its row. */
        ROWS,
        /** Rendered from two sides. */
        RENDERED
    }

    /** The dark-field image at zero tilt and its volume. */
    record Adf(Image image, Volume volume) {}

    @Override
    public Figure draw(Look look) {
        return switch (show) {
            case MIXED ->
                SampleFigure.draw(channels, slices, SampleFigure.Scales.of(channels, arealUnit, densityUnit), look);
            case ROWS ->
                ElementGridFigure.draw(
                        adf.map(a -> new ElementGridFigure.Haadf(a.image(), Optional.of(a.volume()))),
                        channels,
                        slices,
                        arealUnit,
                        densityUnit,
                        look);
            case RENDERED -> {
                List<RenderingFigure.Row> rows = List.of(new RenderingFigure.Row(
                        "",
                        channels.stream()
                                .map(c -> new ElementVolume(c.name(), c.colour(), c.density()))
                                .toList()));
                yield RenderingFigure.draw(
                        rows, RenderingFigure.TWO_SIDES, RenderingFigure.brightest(rows), densityUnit, look);
            }
        };
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json =
                Json.object().put("kind", KIND).put("show", show.name().toLowerCase(Locale.ROOT));
        json.put("areal_unit", arealUnit).put("density_unit", densityUnit);
        json.put("slice_z", slices.z()).put("slice_y", slices.y());
        ArrayNode all = json.putArray("elements");
        for (Channel c : channels) {
            all.addObject()
                    .put("name", c.name())
                    .put("density", "sample/density_" + c.name() + ".mrc")
                    .set("map", Packed.of(c.map()));
        }
        adf.ifPresent(a -> json.putObject("adf").put("volume", ADF_VOLUME).set("image", Packed.of(a.image())));
        return json;
    }

    static ElementsData of(JsonNode json, ResultFiles files) {
        List<Channel> channels = new ArrayList<>();
        for (JsonNode node : json.path("elements")) {
            Volume density =
                    Stacks.volume(FigureData.volume(files, node.path("density").asString("")));
            channels.add(new Channel(
                    node.path("name").asString(""),
                    Palette.element(channels.size()),
                    Packed.image(node.path("map"), "map"),
                    density.projectionZ(),
                    density));
        }
        Optional<Adf> adf = json.has("adf")
                ? Optional.of(new Adf(
                        Packed.image(json.path("adf").path("image"), "adf"),
                        Stacks.volume(FigureData.volume(
                                files, json.path("adf").path("volume").asString("")))))
                : Optional.empty();
        return new ElementsData(
                Show.valueOf(json.path("show").asString("").toUpperCase(Locale.ROOT)),
                channels,
                adf,
                new Slices(json.path("slice_z").asInt(-1), json.path("slice_y").asInt(-1)),
                json.path("areal_unit").asString(""),
                json.path("density_unit").asString(""));
    }
}
