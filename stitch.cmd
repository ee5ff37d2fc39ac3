@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs the command line; builds it first if that has not been done. The caller's working directory stays as it is.
setlocal DisableDelayedExpansion
set "HERE=%~dp0"
set "JAR=%HERE%cli\target\stitch-cli.jar"
set "LOCK=%HERE%.stitch-build.lock"
set "LOG=%HERE%target\stitch-build.log"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  >&2 echo stitch: no Java found ^(looked for "%JAVA%"^); install a JDK, version 17 or later, or set JAVA_HOME to one
  exit /b 4
)
rem Java 9 and later know --version, and jdk.random came with 17.
"%JAVA%" --describe-module jdk.random >nul 2>&1
if errorlevel 1 (
  >&2 echo stitch: "%JAVA%" is too old, Java 17 or later is needed; install a JDK 17 or set JAVA_HOME to one
  exit /b 4
)
if exist "%JAR%" if not exist "%LOCK%\" goto run

where mvn >nul 2>&1
if errorlevel 1 (
  >&2 echo stitch: no Maven found; install Maven 3.8.7 or later, it is needed once to build
  exit /b 4
)
set /a WAITED=0
:acquire
mkdir "%LOCK%" >nul 2>&1
if not errorlevel 1 goto locked
if not exist "%LOCK%\" (
  >&2 echo stitch: cannot build in "%HERE%": no permission to write there
  exit /b 7
)
if %WAITED% GEQ 600 (
  >&2 echo stitch: another process has been building for 10 minutes; if there is none, remove "%LOCK%"
  exit /b 7
)
ping -n 2 127.0.0.1 >nul
set /a WAITED+=1
goto acquire

:locked
if exist "%JAR%" goto unlock
>&2 echo building djl-stitch, once; about a minute, and longer if Maven has to fetch the libraries first ...
if not exist "%HERE%target\" mkdir "%HERE%target"
pushd "%HERE%"
call mvn -B -ntp -q -Dstyle.color=never -Dmaven.test.skip=true -Dlint.skip -pl cli -am package >"%LOG%" 2>&1
set "BUILT=%ERRORLEVEL%"
popd
type "%LOG%" 1>&2
if not "%BUILT%"=="0" goto failed
if not exist "%JAR%" goto failed
:unlock
rmdir /s /q "%LOCK%"

:run
set "OPT_OUT_TRACKING=true"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
"%JAVA%" -Xshare:auto -Dai.djl.offline=true %JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:failed
if exist "%JAR%" del /q "%JAR%"
rmdir /s /q "%LOCK%"
>&2 echo stitch: the build failed; the log is "%LOG%"
exit /b 1
