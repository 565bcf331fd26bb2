/**
 * How fast the hot loops are, held against what this machine can do at all. Start with {@link org.hyalite.bench.Benchmark}.
 */
@NullMarked
package org.hyalite.bench;

import org.jspecify.annotations.NullMarked;
