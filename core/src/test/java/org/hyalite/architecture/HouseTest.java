package org.hyalite.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the house of ARCHITECTURE.md: imports run only down, siblings never meet, and the page tells the truth. */
class HouseTest {
    /** Which floor each room stands on; the crafts of floor 3 do not know each other. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("physics", 1),
            Map.entry("kernel", 1),
            Map.entry("progress", 1),
            Map.entry("grid", 2),
            Map.entry("io", 3),
            Map.entry("spectra", 3),
            Map.entry("align", 3),
            Map.entry("tomo", 3),
            Map.entry("calibrate", 3),
            Map.entry("quantify", 3),
            Map.entry("phase", 3),
            Map.entry("figure", 3),
            Map.entry("phantom", 3),
            Map.entry("study", 4),
            Map.entry("bench", 4));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.hyalite");

    private static String room(JavaClass type) {
        return type.getPackageName().replaceFirst("^org[.]hyalite[.]", "").replaceFirst("[.].*", "");
    }

    /** Without this the other rules would hold for an empty house too. */
    @Test
    void everyRoomIsThereAndFurnished() {
        Map<String, Long> sizes =
                CLASSES.stream().collect(Collectors.groupingBy(HouseTest::room, Collectors.counting()));
        assertThat(sizes.keySet()).isEqualTo(FLOORS.keySet());
        assertThat(CLASSES.size()).isGreaterThan(120);
        sizes.forEach((room, size) -> assertThat(size).as(room).isGreaterThanOrEqualTo(2));
    }

    @Test
    void importsRunOnlyDown() {
        for (String room : FLOORS.keySet()) {
            String[] notBelow = FLOORS.entrySet().stream()
                    .filter(other -> !other.getKey().equals(room) && other.getValue() >= FLOORS.get(room))
                    .map(other -> "org.hyalite." + other.getKey() + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("org.hyalite." + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(notBelow))
                    .check(CLASSES);
        }
    }

    @Test
    void packagesAreFreeOfCircles() {
        slices().matching("org.hyalite.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** A format must not know the door that lists it. */
    @Test
    void formatsDoNotKnowTheDoor() {
        noClasses()
                .that()
                .resideInAPackage("org.hyalite.io.*..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.hyalite.io.MicroscopeFile")
                .check(CLASSES);
    }

    @Test
    void nothingInCorePrintsOrExits() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
        noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> packages =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).hasSizeGreaterThanOrEqualTo(FLOORS.size());
        for (String name : packages) {
            assertThat(CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .as(name)
                    .isTrue();
        }
    }

    /** ARCHITECTURE.md names types in backquotes; each must exist. */
    @Test
    void architecturePageNamesOnlyWhatExists() throws IOException {
        Path page = List.of(Path.of("../ARCHITECTURE.md"), Path.of("ARCHITECTURE.md")).stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        Set<String> simpleNames =
                CLASSES.stream().map(JavaClass::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
        Matcher named =
                Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`").matcher(Files.readString(page));
        int count = 0;
        while (named.find()) {
            assertThat(simpleNames).contains(named.group(1));
            count++;
        }
        assertThat(count).isGreaterThan(20);
    }
}
