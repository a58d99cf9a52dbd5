@echo off
rem Starts Onefile Assignment Routes with the arguments that are given: run, demo, status ... See README.md.
rem
rem JAVA_HOME  the Java to use, 17 or newer; else the one on the PATH
rem JAVA_OPTS  options of the Java virtual machine, separated by spaces; default: -Xmx256m -Xms64m -Xmn24m. They come behind
rem            -XX:+UseSerialGC -XX:TieredStopAtLevel=1 (the small collector and the quick compiler: less CPU and memory).
rem            A process that runs out of memory ends with 3 whatever they are, so that a service manager starts it again
setlocal

if defined JAVA_HOME goto home
set "JAVA=java.exe"
where /q java.exe
if not errorlevel 1 goto version
echo Not started: no Java found. Install a Java runtime, 17 or newer, or set JAVA_HOME to one. 1>&2
exit /b 3

:home
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto version
echo Not started: JAVA_HOME is "%JAVA_HOME%", and there is no bin\java.exe in it. Correct it, or unset it. 1>&2
exit /b 2

:version
"%JAVA%" -XshowSettings:properties -version 2>&1 | findstr /r /c:"java.specification.version = 1[7-9]" /c:"java.specification.version = [2-9][0-9]" >nul
if not errorlevel 1 goto start
echo Not started: "%JAVA%" is not Java 17 or newer. Set JAVA_HOME to one. 1>&2
exit /b 3

:start
if not defined JAVA_OPTS set "JAVA_OPTS=-Xmx256m -Xms64m -Xmn24m"
"%JAVA%" -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:TieredStopAtLevel=1 %JAVA_OPTS% -jar "%~dp0onefile-assignment-routes.jar" %*
exit /b %ERRORLEVEL%
