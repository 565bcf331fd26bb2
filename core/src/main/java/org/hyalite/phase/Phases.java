package org.hyalite.phase;

import java.util.List;
import java.util.Optional;
import org.hyalite.grid.VolumeMask;

/** The phases of a particle, with the way back to its voxels. */
public final class Phases {
    /** A phase and where it is. */
    record Located(PhaseRegion region, VolumeMask mask, VolumeMask core) {}

    private final List<Located> located;

    Phases(List<Located> located) {
        this.located = List.copyOf(located);
    }

    /** The phases, by rising fraction of A; none if nothing lies inside the threshold. */
    public List<PhaseRegion> regions() {
        return located.stream().map(Located::region).toList();
    }

    /** The phase of a name, if there is one. */
    public Optional<PhaseRegion> region(String name) {
        return regions().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /** Where a phase is: all voxels assigned to it. Every voxel inside the threshold belongs to one phase. */
    public VolumeMask mask(PhaseRegion region) {
        return find(region).mask();
    }

    /** Where the core of a phase is, of which its means and spreads are taken. */
    public VolumeMask core(PhaseRegion region) {
        return find(region).core();
    }

    /** The precision of voxels within the phases; absent if there is none. */
    public Optional<Precision> precision() {
        return located.isEmpty() ? Optional.empty() : Optional.of(Precision.of(regions()));
    }

    private Located find(PhaseRegion region) {
        return located.stream()
                .filter(l -> l.region().equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such phase here: " + region));
    }
}
