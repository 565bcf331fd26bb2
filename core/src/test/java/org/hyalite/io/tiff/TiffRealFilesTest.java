package org.hyalite.io.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Protects agreement with what HyperSpy 1.7.3 read from ImageJ's files (reference-values.jsonl). */
class TiffRealFilesTest {
    @Test
    void pixelsAndSizesAreThoseOfHyperSpy() {
        for (String name :
                List.of("imageJ.tif", "imageJ_no_scale.tif", "imageJ_stack.tif", "imageJ_stack_no_scale.tif")) {
            String path = "tiff/test_loading_image_saved_with_" + name;
            JsonNode expected = ReferenceSignals.of(path).get(0);
            JsonNode stats = expected.path("stats");
            Recording recording =
                    TiffFile.format().read(ReferenceSignals.folder().resolve(path));
            assertThat(recording.signals()).hasSize(1);
            Signal signal = recording.signals().get(0);
            assertThat(signal.statistics().sum()).isEqualTo(stats.path("sum").asDouble());
            assertThat(signal.statistics().min()).isEqualTo(stats.path("min").asDouble());
            assertThat(signal.statistics().max()).isEqualTo(stats.path("max").asDouble());
            List<Image> images = TiffWriter.images(signal);
            int rank = stats.path("shape").size();
            assertThat(images).hasSize(rank == 3 ? 2 : 1);
            double box = 0;
            for (int y = 17; y < 34; y++) {
                for (int x = 17; x < 34; x++) {
                    box += images.get(0).at(y, x);
                }
            }
            assertThat(box).isEqualTo(stats.path("box_sum").asDouble());
            JsonNode place = stats.path("argmax_first_index");
            assertThat((double) images.get(0)
                            .at(place.get(rank - 2).asInt(), place.get(rank - 1).asInt()))
                    .isEqualTo(stats.path("max").asDouble());
            JsonNode x = expected.path("axes").get(rank - 1);
            boolean scaled = !x.path("units").asString().equals("<undefined>");
            double scale = x.path("scale").asDouble() * (scaled ? 1000 : 1);
            ReferenceSignals.assertClose(signal.axes().get(rank - 1).scale(), scale);
            assertThat(signal.axes().get(rank - 1).unit()).isEqualTo(scaled ? "nm" : "");
            assertThat(signal.acquisition().known().containsKey(Key.PIXEL_SIZE)).isEqualTo(scaled);
        }
    }

    /** ImageJ's spacing is in the stack's unit, micrometres here, which HyperSpy leaves undefined. */
    @Test
    void theSpacingOfPlanesHasTheUnitOfThePixels() {
        Recording recording = TiffFile.format()
                .read(ReferenceSignals.folder().resolve("tiff/test_loading_image_saved_with_imageJ_stack.tif"));
        Signal signal = recording.signals().get(0);
        assertThat(signal.data().kind()).isEqualTo("volume");
        assertThat(signal.axes().get(0).scale()).isEqualTo(2500);
        assertThat(recording.warnings()).anyMatch(w -> w.contains("nm high"));
    }
}
