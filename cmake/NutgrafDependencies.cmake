# The libraries that nutgraf stands on. A target that the enclosing project has made already, by
# add_subdirectory() or FetchContent, takes precedence over an installed package: a program must
# have one Abseil only (docs/compatibility.md).

if(NOT TARGET absl::status)
  find_package(absl REQUIRED)
endif()
if(NOT TARGET ICU::uc)
  find_package(ICU REQUIRED COMPONENTS uc)
endif()
if(NOT TARGET re2::re2)
  find_package(RE2 REQUIRED)
endif()
if(NOT TARGET simdjson::simdjson)
  find_package(simdjson REQUIRED)
endif()
if(NOT TARGET Threads::Threads)
  set(THREADS_PREFER_PTHREAD_FLAG ON)
  find_package(Threads REQUIRED)
endif()

if(NUTGRAF_BUILD_TESTS AND NOT TARGET GTest::gmock_main)
  find_package(GTest REQUIRED)
endif()
if(NUTGRAF_BUILD_BENCHMARKS AND NOT TARGET benchmark::benchmark)
  find_package(benchmark REQUIRED)
endif()

# What the public headers use, and what stays inside lib/. cmake/nutgraf.pc.in repeats both lists.
set(NUTGRAF_PUBLIC_DEPENDENCIES absl::span absl::status absl::statusor absl::strings absl::time)
set(NUTGRAF_PRIVATE_DEPENDENCIES
  ICU::uc
  Threads::Threads
  absl::flat_hash_map
  absl::flat_hash_set
  re2::re2
  simdjson::simdjson)
