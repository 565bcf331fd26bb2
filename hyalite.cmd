@echo off
rem Starts Hyalite from a checkout on Windows: builds it when it is not built, chooses JAVA_HOME or the JDK on the PATH.
setlocal
set "HERE=%~dp0"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")
"%JAVA%" -version >nul 2>&1 || (echo hyalite: no JDK was found; install JDK 17 or newer and set JAVA_HOME 1>&2 & exit /b 1)
if "%~1"=="test" (
    call mvn -B -ntp -f "%HERE%pom.xml" verify
    exit /b
)
if not exist "%HERE%app\target\hyalite-app.jar" (
    where mvn >nul 2>&1 || (echo hyalite: Maven was not found; install it and put it on the PATH 1>&2 & exit /b 1)
    echo building Hyalite, once 1>&2
    call mvn -B -ntp -q -f "%HERE%pom.xml" package -DskipTests 1>&2 || exit /b 1
)
"%JAVA%" --add-modules jdk.incubator.vector -XX:+UseParallelGC -XX:NewRatio=10 -XX:MaxRAMPercentage=75 -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED %HYALITE_JAVA_OPTS% -cp "%HERE%app\target\hyalite-app.jar;%HERE%app\target\lib\*" org.hyalite.app.Main %*
