# duban_room(<name> SOURCES … TESTS … PUBLIC … PRIVATE …): a static library duban::<name> and a
# test program <name>_test. PUBLIC are the rooms this room's headers include; PRIVATE, the rest.
# A room with STORE_TESTS has them run once on each database (E07), by DUBAN_TEST_STORE.
add_library(duban_options INTERFACE)
target_compile_features(duban_options INTERFACE cxx_std_20)
target_compile_options(duban_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Wold-style-cast -Woverloaded-virtual -Wswitch-enum -Wundef $<$<BOOL:${DUBAN_WERROR}>:-Werror>
    # libstdc++ 12's stable_sort calls what it deprecates itself; clang says so where it is used.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
foreach(sanitizer IN LISTS DUBAN_SANITIZE)
    target_compile_options(duban_options INTERFACE
        -fsanitize=${sanitizer} -fno-sanitize-recover=all -fno-omit-frame-pointer
        # With sanitizers g++ sees uses before initialisation where there are none (GCC manual).
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(duban_options INTERFACE -fsanitize=${sanitizer})
endforeach()

function(duban_room name)
    cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;TESTS;STORE_TESTS;PUBLIC;PRIVATE")
    file(GLOB headers CONFIGURE_DEPENDS *.h)  # headers only; sources are always listed
    add_library(duban_${name} STATIC ${room_SOURCES})
    add_library(duban::${name} ALIAS duban_${name})
    target_sources(duban_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src
                                       FILES ${headers})
    target_link_libraries(duban_${name} PUBLIC duban_options ${room_PUBLIC} PRIVATE ${room_PRIVATE})
    if(room_TESTS)
        add_executable(${name}_test ${room_TESTS})
        target_link_libraries(${name}_test PRIVATE duban_${name} ${room_PRIVATE} GTest::gmock GTest::gtest_main)
        add_test(NAME ${name} COMMAND ${name}_test)
        set_tests_properties(${name} PROPERTIES ENVIRONMENT "DUBAN_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
    endif()
    if(room_STORE_TESTS)
        add_executable(${name}_store_test ${room_STORE_TESTS})
        target_link_libraries(${name}_store_test PRIVATE duban_${name} ${room_PRIVATE} duban::store_testing GTest::gmock GTest::gtest_main)
        foreach(database sqlite postgres)
            add_test(NAME ${name}.${database} COMMAND ${name}_store_test)
            set_tests_properties(${name}.${database} PROPERTIES LABELS ${database}
                ENVIRONMENT "DUBAN_TEST_STORE=${database};DUBAN_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
        endforeach()
    endif()
endfunction()
