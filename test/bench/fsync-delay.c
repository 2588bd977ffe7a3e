/* Makes fsync and fdatasync take 2 ms longer, as on a cloud disk: preloaded by the ledger's benchmark. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static void wait_2_ms(void) {
  struct timespec delay = {0, 2000000};
  nanosleep(&delay, 0);
}

int fsync(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_2_ms();
  return real(fd);
}

int fdatasync(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_2_ms();
  return real(fd);
}
