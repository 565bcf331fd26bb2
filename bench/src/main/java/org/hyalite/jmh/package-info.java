/** The kernels under JMH, for who changes them: {@link org.hyalite.jmh.KernelBenchmark}. */
@NullMarked
package org.hyalite.jmh;

import org.jspecify.annotations.NullMarked;
