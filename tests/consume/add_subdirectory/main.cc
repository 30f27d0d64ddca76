#include <nutgraf/version.h>

#include <cstdio>

int main() {
  std::printf("%.*s\n", static_cast<int>(nutgraf::Version().size()), nutgraf::Version().data());
}
