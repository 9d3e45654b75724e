# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
#
# What every target of the project is built with, and the two functions that make a library and a test.

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Concurrent Widgets Svg LinguistTools)
find_package(simdjson REQUIRED)
find_package(Qt6Keychain REQUIRED)
qt_standard_project_setup()
set(CMAKE_AUTORCC ON)

set(OPTOUT_SANITIZE "" CACHE STRING "Sanitizers for everything in the project, such as address,undefined")

add_library(optout_options INTERFACE)
target_compile_features(optout_options INTERFACE cxx_std_20)
target_compile_options(optout_options INTERFACE
    $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow;-Wold-style-cast;-Wsuggest-override>)
# GCC, when it optimises, sees uninitialised members in std::optional and std::variant and overlapping copies in
# std::string where there are none (gcc.gnu.org bugs 80635 and 105651).
target_compile_options(optout_options INTERFACE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release,RelWithDebInfo>>:-Wno-maybe-uninitialized;-Wno-restrict>)
target_compile_definitions(optout_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_STRICT_ITERATORS
    QT_DEPRECATED_WARNINGS QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(OPTOUT_SANITIZE)
    target_compile_options(optout_options INTERFACE
        -fsanitize=${OPTOUT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(optout_options INTERFACE -fsanitize=${OPTOUT_SANITIZE})
endif()

# The headers that nearly every source needs, read once instead of some 400 times. Sources include what they use all the
# same: they build without it, too. One for all targets, so it may hold nothing that a target's own definitions change.
option(OPTOUT_PRECOMPILED_HEADERS "Read the common headers once; for whole builds, where a compiler cache is cold" OFF)
if(OPTOUT_PRECOMPILED_HEADERS)
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp" "")
    add_library(optout_precompiled OBJECT "${CMAKE_CURRENT_BINARY_DIR}/precompiled.cpp")
    set_target_properties(optout_precompiled PROPERTIES CXX_EXTENSIONS OFF)
    # ccache needs it to tell which header was used.
    target_compile_options(optout_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
    target_link_libraries(optout_precompiled PRIVATE Qt6::Core optout_options)
    target_precompile_headers(optout_precompiled PRIVATE
        <algorithm> <array> <chrono> <functional> <memory> <optional> <string> <utility> <variant> <vector>
        <QtCore/QtCore>)
endif()

function(optout_precompile target)
    if(OPTOUT_PRECOMPILED_HEADERS)
        target_precompile_headers(${target} REUSE_FROM optout_precompiled)
    endif()
endfunction()

# optout_add_library(core SOURCES a.cpp a.h LINK Qt6::Core)
# makes the static library optout_core from the folder it is called in. Below app/ the include root is app/, below ui/ it is
# ui/ as well, so that code in app/ cannot include anything of ui/ by its usual name.
function(optout_add_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
    set(target optout_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES AUTOMOC ON CXX_EXTENSIONS OFF)
    target_link_libraries(${target} PUBLIC ${arg_LINK} PRIVATE optout_options)
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/app")
    if(CMAKE_CURRENT_SOURCE_DIR MATCHES "/ui(/|$)")
        target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/ui")
    endif()
    optout_precompile(${target})
endfunction()

# optout_add_test(tst_secret LINK optout_core [SOURCES more.cpp] [LABELS unit] [ENVIRONMENT QT_QPA_PLATFORM=offscreen])
# makes a Qt Test program from tst_secret.cpp and hands it to CTest. TIMEOUT is in seconds, 120 unless told.
function(optout_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(${name} ${name}.cpp ${arg_SOURCES})
    # Qt would write the build folder's whole path into each test (Qt6TestTargets.cmake), and no compiler cache could
    # answer for another clone. It is only where QFINDTESTDATA looks after the source folder, which it knows besides.
    set_target_properties(${name} PROPERTIES AUTOMOC ON CXX_EXTENSIONS OFF QT_TESTCASE_BUILDDIR ".")
    target_link_libraries(${name} PRIVATE ${arg_LINK} Qt6::Test optout_options)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_compile_definitions(${name} PRIVATE OPTOUT_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
    optout_precompile(${name})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT "${arg_ENVIRONMENT}")
endfunction()
