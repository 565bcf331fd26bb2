package org.hyalite.calibrate;

import java.util.Optional;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Uncertain;

/**
 * What one particle says of a cross section.
 *
 * @param name the particle's name
 * @param crossSection from this particle alone
 * @param pixels pixels that were summed
 * @param outsideCounts mean counts per pixel in a ring around the particle, where none should be: film or background
 *     left over; absent if the particle fills the field
 * @param registration how far its counts lie beside its thickness map; absent if its counts have no contrast
 */
public record ParticleCrossSection(
        String name,
        CrossSection crossSection,
        int pixels,
        Optional<Uncertain> outsideCounts,
        Optional<Registration> registration) {}
