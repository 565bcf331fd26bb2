package org.hyalite.io.bcf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/** Makes small Bruker maps, part by part, so that each part can be made wrong. */
final class BcfBuilder {
    static final int FIRST_CHUNK = 0x118;
    private static final int CHUNK_HEADER = 32;
    private static final int ITEM = 0x200;

    private BcfBuilder() {}

    /** A container of entries in the folder {@code EDSDatabase}, in chunks of {@code chunkSize} bytes. */
    static byte[] container(Map<String, byte[]> entries, int chunkSize) {
        int content = chunkSize - CHUNK_HEADER;
        List<byte[]> chunks = new ArrayList<>();
        chunks.add(new byte[chunkSize]);
        int perChunk = content / ITEM;
        int folderChunks = (entries.size() + perChunk) / perChunk;
        for (int i = 0; i < folderChunks; i++) {
            chunks.add(new byte[chunkSize]);
        }
        byte[] folder = new byte[folderChunks * perChunk * ITEM];
        item(folder, 0, -1, 0, -1, true, "EDSDatabase");
        int index = 1;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            byte[] bytes = entry.getValue();
            int parts = (bytes.length + content - 1) / content;
            int perTable = content / Integer.BYTES;
            int tables = Math.max(1, (parts + perTable - 1) / perTable);
            int firstTable = chunks.size();
            // content before its tables' successors: chunks need not stand in order
            int firstPart = firstTable + tables;
            for (int t = 0; t < tables; t++) {
                byte[] table = new byte[content];
                for (int k = 0; k < perTable && t * perTable + k < parts; k++) {
                    little(table).putInt(k * Integer.BYTES, firstPart + t * perTable + k);
                }
                chunks.add(chunk(t + 1 < tables ? firstTable + t + 1 : -1, 5, table));
            }
            for (int p = 0; p < parts; p++) {
                byte[] part = new byte[content];
                System.arraycopy(bytes, p * content, part, 0, Math.min(content, bytes.length - p * content));
                chunks.add(chunk(-1, 6, part));
            }
            item(folder, index++, firstTable, bytes.length, 0, false, entry.getKey());
        }
        for (int f = 0; f < folderChunks; f++) {
            byte[] part = new byte[content];
            System.arraycopy(folder, f * perChunk * ITEM, part, 0, perChunk * ITEM);
            chunks.set(1 + f, chunk(2 + f, 1, part));
        }
        ByteBuffer file =
                ByteBuffer.allocate(FIRST_CHUNK + chunks.size() * chunkSize).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < chunks.size(); i++) {
            file.put(FIRST_CHUNK + i * chunkSize, chunks.get(i));
        }
        file.put(0, "AAMVHFSS".getBytes(StandardCharsets.US_ASCII));
        file.putInt(0x128, chunkSize).putInt(0x140, 1).putInt(0x144, index).putInt(0x148, chunks.size());
        return file.array();
    }

    private static void item(
            byte[] folder, int index, int table, long size, int parent, boolean isFolder, String name) {
        int at = index * ITEM;
        little(folder).putInt(at, table).putLong(at + 4, size).putInt(at + 0x28, parent);
        folder[at + 0xdc] = (byte) (isFolder ? 1 : 0);
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, folder, at + 0xe0, text.length);
    }

    private static byte[] chunk(int next, int kind, byte[] content) {
        byte[] chunk = new byte[CHUNK_HEADER + content.length];
        System.arraycopy(content, 0, chunk, CHUNK_HEADER, content.length);
        little(chunk).putInt(0, next).putInt(8, kind | 0x0500_0000);
        sign(chunk, 0, chunk.length);
        return chunk;
    }

    /** Puts the checksum of the chunk at {@code at} right. */
    static void sign(byte[] file, int at, int chunkSize) {
        int sum = 0;
        for (int i = at + CHUNK_HEADER; i < at + chunkSize; i += Integer.BYTES) {
            sum ^= little(file).getInt(i);
        }
        little(file).putInt(at + 4, sum);
    }

    /** An entry compressed in blocks. */
    static byte[] compressed(byte[] plain, int blockSize) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] head = new byte[0x80];
        System.arraycopy("AACS".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 4);
        little(head).putInt(4, blockSize).putInt(12, (plain.length + blockSize - 1) / blockSize);
        out.writeBytes(head);
        for (int at = 0; at < plain.length; at += blockSize) {
            int size = Math.min(blockSize, plain.length - at);
            Deflater deflater = new Deflater();
            deflater.setInput(plain, at, size);
            deflater.finish();
            byte[] packed = new byte[2 * size + 64];
            int n = deflater.deflate(packed);
            deflater.end();
            byte[] block = new byte[16];
            little(block).putInt(0, n).putInt(4, size).putInt(12, out.size() + 16 + n);
            out.writeBytes(block);
            out.write(packed, 0, n);
        }
        return out.toByteArray();
    }

    /** The header of a map of {@code counts [y][x][energy]} with one valid image of {@code 100 y + x} and one that is not. */
    static String header(int[][][] counts) {
        int ny = counts.length;
        int nx = counts[0].length;
        ByteBuffer image = ByteBuffer.allocate(ny * nx * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                image.putShort((short) (100 * y + x));
            }
        }
        return """
                <?xml version="1.0" encoding="WINDOWS-1252" standalone="yes"?>
                <TRTSpectrumDatabase><RTHeader/>
                <ClassInstance Type="TRTSpectrumDatabase" Name="Map \u00b5">
                <ClassInstance Type="TRTSEMData"><HV>80</HV><DX>0,0025</DX><DY>0,0025</DY></ClassInstance>
                <ClassInstance Type="TRTSEMStageData"><Tilt>-1.25E1</Tilt></ClassInstance>
                <ClassInstance Type="TRTDSPConfiguration"><PixelAverage>4</PixelAverage><LineAverage>2</LineAverage>
                <TiltAngle>0</TiltAngle><PixelTime>16</PixelTime></ClassInstance>
                <ClassInstance Type="TRTImageData"><ItemSize>2</ItemSize><Width>%2$d</Width><Height>%1$d</Height>
                <PlaneCount>2</PlaneCount>
                <Plane0><Description>HAADF</Description><Data>%3$s</Data></Plane0>
                <Plane1><Description>BF</Description><Valid>0</Valid><Data>AAAA</Data></Plane1></ClassInstance>
                <ClassInstance Type="TRTImageData" Name="PixelTimes"><ItemSize>4</ItemSize><Width>%2$d</Width>
                <Height>%1$d</Height><PlaneCount>0</PlaneCount></ClassInstance>
                <ClassInstance Type="TRTContainerClass"><ChildClassInstances>
                <ClassInstance Type="TRTSpectrumRegion" Name="Zn"><Element>30</Element></ClassInstance>
                <ClassInstance Type="TRTSpectrumRegion" Name="Co"><Element>27</Element></ClassInstance>
                </ChildClassInstances></ClassInstance>
                <LineCounter>10,10,5</LineCounter>
                <SpectrumData0><ClassInstance Type="TRTSpectrum"><TRTHeaderedClass>
                <ClassInstance Type="TRTDetectorHeader"><Type>SuperX</Type></ClassInstance>
                <ClassInstance Type="TRTESMAHeader"><PrimaryEnergy>8E1</PrimaryEnergy>
                <ElevationAngle>1.8E1</ElevationAngle><AzimutAngle>4.5E1</AzimutAngle></ClassInstance>
                </TRTHeaderedClass>
                <ClassInstance Type="TRTSpectrumHeader"><ChannelCount>%4$d</ChannelCount><CalibAbs>-2E-1</CalibAbs>
                <CalibLin>1E-2</CalibLin><SigmaAbs>5.5E-4</SigmaAbs><SigmaLin>4.3E-4</SigmaLin></ClassInstance>
                </ClassInstance></SpectrumData0>
                </ClassInstance></TRTSpectrumDatabase>
                """.formatted(ny, nx, Base64.getEncoder().encodeToString(image.array()), counts[0][0].length);
    }

    static byte[] text(String header) {
        return header.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** How a pixel is packed. */
    enum Packing {
        PULSES_16,
        PULSES_12,
        INSTRUCTIONS,
        INSTRUCTIONS_AND_PULSES
    }

    /** The packed spectra of {@code counts [y][x][energy]}; pixels without counts are left out. */
    static byte[] cube(int[][][] counts, Packing... packings) {
        Bytes out = new Bytes();
        out.u32(counts.length).u32(counts[0].length);
        out.bytes.writeBytes(new byte[0x1a0 - 8]);
        int turn = 0;
        for (int[][] line : counts) {
            long given = java.util.Arrays.stream(line).filter(p -> sum(p) > 0).count();
            out.u32(given);
            for (int x = 0; x < line.length; x++) {
                if (sum(line[x]) > 0) {
                    pixel(out, x, line[x].clone(), packings[turn++ % packings.length]);
                }
            }
        }
        return out.bytes.toByteArray();
    }

    private static void pixel(Bytes out, int x, int[] counts, Packing packing) {
        Bytes data = new Bytes();
        Bytes further = new Bytes();
        int pulses = 0;
        switch (packing) {
            case PULSES_16 -> {
                List<Integer> channels = channels(counts);
                channels.forEach(data::u16);
                pulses = channels.size();
            }
            case PULSES_12 -> {
                List<Integer> channels = channels(counts);
                data.twelve(channels);
                pulses = channels.size();
            }
            case INSTRUCTIONS -> instructions(data, further, counts);
            case INSTRUCTIONS_AND_PULSES -> {
                for (int c = 0; c < counts.length && pulses < 3; c++) {
                    if (counts[c] > 0) {
                        counts[c]--;
                        further.u16(c);
                        pulses++;
                    }
                }
                instructions(data, further, counts);
            }
        }
        out.u32(x).u16(counts.length).u16(0).u32(0xc0000).u16(Math.min(2, packing.ordinal()));
        out.u16(0).u16(pulses).u32(data.bytes.size());
        out.bytes.writeBytes(data.bytes.toByteArray());
        out.bytes.writeBytes(further.bytes.toByteArray());
    }

    private static void instructions(Bytes data, Bytes further, int[] counts) {
        int c = 0;
        int turn = 0;
        while (c < counts.length) {
            int run = Math.min(counts.length - c, 1 + turn++ * 7 % 31);
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int k = 0; k < run; k++) {
                least = Math.min(least, counts[c + k]);
                most = Math.max(most, counts[c + k]);
            }
            int range = most - least;
            int width = most == 0 ? 0 : least < 256 && range < 16 ? 1 : least < 65536 && range < 256 ? 2 : 4;
            if (range > 65535 || width == 4 && turn % 2 == 0) {
                width = 8;
            }
            data.u8(width).u8(run);
            if (width == 1) {
                data.u8(least);
                for (int k = 0; k < run; k += 2) {
                    data.u8(counts[c + k] - least | (k + 1 < run ? counts[c + k + 1] - least : 0) << 4);
                }
            } else if (width > 1) {
                data.number(least, width);
                for (int k = 0; k < run; k++) {
                    data.number(counts[c + k] - least, width / 2);
                }
            }
            c += run;
        }
        data.u32(further.bytes.size());
    }

    private static List<Integer> channels(int[] counts) {
        List<Integer> channels = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            for (int n = 0; n < counts[c]; n++) {
                channels.add(c);
            }
        }
        return channels;
    }

    private static int sum(int[] values) {
        return java.util.Arrays.stream(values).sum();
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Bytes number(long value, int width) {
            for (int k = 0; k < width; k++) {
                bytes.write((int) (value >> 8 * k));
            }
            return this;
        }

        Bytes u8(long value) {
            return number(value, 1);
        }

        Bytes u16(long value) {
            return number(value, 2);
        }

        Bytes u32(long value) {
            return number(value, 4);
        }

        /** Twelve bits each as one stream, highest first, in words of 16 bits that are then written lowest byte first. */
        void twelve(List<Integer> values) {
            StringBuilder bits = new StringBuilder();
            for (int v : values) {
                bits.append(Integer.toBinaryString(v | 1 << 12).substring(1));
            }
            while (bits.length() % 16 != 0) {
                bits.append('0');
            }
            for (int i = 0; i < bits.length(); i += 16) {
                u16(Integer.parseInt(bits.substring(i, i + 16), 2));
            }
        }
    }
}
