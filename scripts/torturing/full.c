/* Lets the disk be full, or broken, under one folder for as long as a flag stands.
 *
 * Loaded before the C library (LD_PRELOAD). FULL_ROOT is the folder, FULL_FLAG a file outside
 * of it whose first letter says what fails there:
 *   f  full: writing, growing and making files (ENOSPC)
 *   w  broken for writing: writing and syncing (EIO)
 *   r  broken for reading: reading, and writing and syncing with it (EIO)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char root[PATH_MAX];
static const char *flag;
static size_t rooted;

__attribute__((constructor)) static void begin(void) {
  char *said = getenv("FULL_ROOT");
  flag = getenv("FULL_FLAG");
  if (said && flag && realpath(said, root)) rooted = strlen(root);
}

static char now(void) {
  char letter = 0;
  int fd = rooted ? syscall(SYS_openat, AT_FDCWD, flag, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return 0;
  if (syscall(SYS_read, fd, &letter, 1) != 1) letter = 0;
  syscall(SYS_close, fd);
  return letter;
}

static int ours(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path);
  return size >= (ssize_t)rooted && !memcmp(path, root, rooted);
}

/* What fails: 0, or the errno. kind: w write, s sync, r read. */
static int fails(int fd, char kind) {
  int kept = errno;
  char letter = now();
  int found = 0;
  if (letter == 'f' && kind == 'w') found = ENOSPC;
  if (letter == 'w' && kind != 'r') found = EIO;
  if (letter == 'r') found = EIO;
  if (found && !ours(fd)) found = 0;
  errno = kept;
  return found;
}

#define FAIL(fd, kind) do { int why = fails(fd, kind); if (why) { errno = why; return -1; } } while (0)

ssize_t write(int fd, const void *data, size_t length) { FAIL(fd, 'w'); return syscall(SYS_write, fd, data, length); }
ssize_t pwrite64(int fd, const void *data, size_t length, off_t at) { FAIL(fd, 'w'); return syscall(SYS_pwrite64, fd, data, length, at); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { FAIL(fd, 'w'); return syscall(SYS_writev, fd, parts, count); }
ssize_t read(int fd, void *data, size_t length) { FAIL(fd, 'r'); return syscall(SYS_read, fd, data, length); }
ssize_t pread64(int fd, void *data, size_t length, off_t at) { FAIL(fd, 'r'); return syscall(SYS_pread64, fd, data, length, at); }
ssize_t pread(int fd, void *data, size_t length, off_t at) { return pread64(fd, data, length, at); }
int fsync(int fd) { FAIL(fd, 's'); return syscall(SYS_fsync, fd); }
int fdatasync(int fd) { FAIL(fd, 's'); return syscall(SYS_fdatasync, fd); }

int ftruncate64(int fd, off_t length) { /* growing needs room, shrinking does not */
  FAIL(fd, length > syscall(SYS_lseek, fd, 0, SEEK_CUR) ? 'w' : 's');
  return syscall(SYS_ftruncate, fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int posix_fallocate64(int fd, off_t at, off_t length) { int why = fails(fd, 'w'); return why ? why : syscall(SYS_fallocate, fd, 0, at, length) ? errno : 0; }
int posix_fallocate(int fd, off_t at, off_t length) { return posix_fallocate64(fd, at, length); }
