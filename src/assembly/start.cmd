@echo off
rem Starts Onefile Assignment Routes with the arguments that are given: run, demo, status ... See README.md.
rem
rem JAVA_HOME  the Java to use, 17 or newer; else the one on the PATH
rem JAVA_OPTS  options of the Java virtual machine, separated by spaces; default: -Xmx256m. They win over those of jvm.options.
rem            A process that runs out of memory ends with 3 whatever they are, so that a service manager starts it again
rem CLASS_ARCHIVE=off  neither makes nor uses the class-data archive, %LOCALAPPDATA%\onefile-assignment-routes\classes.jsa
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
if not defined JAVA_OPTS set "JAVA_OPTS=-Xmx256m"
rem there is one collector only
set "COLLECTOR="
echo " %JAVA_OPTS% " | findstr /r /c:" -XX:+Use[A-Za-z0-9]*GC " >nul
if not errorlevel 1 set "COLLECTOR=-XX:-UseSerialGC"
if /i "%CLASS_ARCHIVE%"=="off" goto without
if not defined LOCALAPPDATA goto without

rem What is in an archive runs as code: it lies where only this user may write. The instance makes it where it is missing.
set "ARCHIVE=%LOCALAPPDATA%\onefile-assignment-routes\classes.jsa"
set "QUIET=cds=off,cds+dynamic=off"
"%JAVA%" -XshowSettings:properties -version 2>&1 | findstr /r /c:"java.specification.version = 1[7-9]" /c:"java.specification.version = 2[0-4]" >nul
if errorlevel 1 set "QUIET=%QUIET%,aot=off"
if not exist "%ARCHIVE%" goto make
"%JAVA%" "@%~dp0jvm.options" %COLLECTOR% %JAVA_OPTS% "-XX:SharedArchiveFile=%ARCHIVE%" -Xlog:%QUIET% "-Dclass.archive=%ARCHIVE%" -jar "%~dp0onefile-assignment-routes.jar" %*
exit /b %ERRORLEVEL%

:make
"%JAVA%" "@%~dp0jvm.options" %COLLECTOR% %JAVA_OPTS% "-Dclass.archive=%ARCHIVE%" -jar "%~dp0onefile-assignment-routes.jar" %*
exit /b %ERRORLEVEL%

:without
"%JAVA%" "@%~dp0jvm.options" %COLLECTOR% %JAVA_OPTS% -jar "%~dp0onefile-assignment-routes.jar" %*
exit /b %ERRORLEVEL%
