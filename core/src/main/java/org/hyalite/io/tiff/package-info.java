/**
 * TIFF, BigTIFF and OME-TIFF: images, stacks and volumes. The container is {@link org.hyalite.io.tiff.TiffDirectory} and
 * {@link org.hyalite.io.tiff.PageLayout}, what programs write about their pixels is read by one class each. Start with
 * {@link org.hyalite.io.tiff.TiffFile} and {@link org.hyalite.io.tiff.TiffWriter}.
 */
@NullMarked
package org.hyalite.io.tiff;

import org.jspecify.annotations.NullMarked;
