/* Writes down what a program writes under one folder, so that a power cut can be replayed.
 *
 * Loaded before the C library (LD_PRELOAD). CUT_ROOT is the folder, CUT_LOG the log: records
 * of op (1), length of path (2), offset (8), length of data (4), path, data; little endian.
 *   o  a file was made        w  bytes were written     t  a file was cut to a length
 *   s  a file was synced      d  a folder was synced    r  renamed (data: the new path)
 *   u  a name was removed     m  a folder was made
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 4096
static char *names[MOST];
static char folders[MOST];
static int logged = -1;
static char root[PATH_MAX];
static size_t rooted;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  char *said = getenv("CUT_ROOT"), *log = getenv("CUT_LOG");
  if (!said || !log || !realpath(said, root)) return;
  rooted = strlen(root);
  logged = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path, char *whole) {
  char folder[PATH_MAX], name[PATH_MAX];
  if (logged < 0 || !path) return 0;
  if (realpath(path, whole)) return !strncmp(whole, root, rooted);
  strncpy(folder, path, PATH_MAX - 1); folder[PATH_MAX - 1] = 0;
  char *slash = strrchr(folder, '/');
  if (!slash) return 0;
  strcpy(name, slash + 1); *slash = 0;
  if (!realpath(folder, whole)) return 0;
  if (strlen(whole) + strlen(name) + 2 > PATH_MAX) return 0;
  strcat(whole, "/"); strcat(whole, name);
  return !strncmp(whole, root, rooted);
}

static void note(char op, const char *path, uint64_t at, const void *data, uint32_t length) {
  uint16_t size = strlen(path);
  struct iovec parts[6] = {{&op, 1}, {&size, 2}, {&at, 8}, {&length, 4},
                           {(void *)path, size}, {(void *)data, data ? length : 0}};
  if (!data) length = 0;
  pthread_mutex_lock(&lock);
  syscall(SYS_writev, logged, parts, 6);
  pthread_mutex_unlock(&lock);
}

static void opened(int fd, const char *path, int flags, int fresh) {
  struct stat is;
  char whole[PATH_MAX];
  if (fd < 0 || fd >= MOST) return;
  free(names[fd]); names[fd] = NULL;
  if (!ours(path, whole)) return;
  names[fd] = strdup(whole);
  folders[fd] = !fstat(fd, &is) && S_ISDIR(is.st_mode);
  if (fresh) note('o', whole, 0, NULL, 0);
  if (flags & O_TRUNC) note('t', whole, 0, NULL, 0);
}

static int really_open(int at, const char *path, int flags, mode_t mode) {
  int fresh = (flags & O_CREAT) && syscall(SYS_faccessat, at, path, F_OK) != 0;
  int fd = syscall(SYS_openat, at, path, flags, mode);
  if (at == AT_FDCWD || (path && path[0] == '/')) opened(fd, path, flags, fresh);
  return fd;
}

#define MODE(flags, mode) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, mode_t); va_end(a); }

int open(const char *path, int flags, ...) { MODE(flags, mode) return really_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, mode) return really_open(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, mode) return really_open(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, mode) return really_open(at, path, flags | O_LARGEFILE, mode); }

static char *name_of(int fd) { return fd >= 0 && fd < MOST ? names[fd] : NULL; }

ssize_t write(int fd, const void *data, size_t length) {
  char *name = name_of(fd);
  off_t at = name ? lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t done = syscall(SYS_write, fd, data, length);
  if (name && done > 0) note('w', name, at, data, done);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t at) {
  ssize_t done = syscall(SYS_pwrite64, fd, data, length, at);
  char *name = name_of(fd);
  if (name && done > 0) note('w', name, at, data, done);
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }

int ftruncate64(int fd, off_t length) {
  int done = syscall(SYS_ftruncate, fd, length);
  char *name = name_of(fd);
  if (name && !done) note('t', name, length, NULL, 0);
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int synced(int fd, int done) {
  char *name = name_of(fd);
  if (name && !done) note(folders[fd] ? 'd' : 's', name, 0, NULL, 0);
  return done;
}
int fsync(int fd) { return synced(fd, syscall(SYS_fsync, fd)); }
int fdatasync(int fd) { return synced(fd, syscall(SYS_fdatasync, fd)); }

int close(int fd) {
  if (fd >= 0 && fd < MOST && names[fd]) { free(names[fd]); names[fd] = NULL; }
  return syscall(SYS_close, fd);
}

int unlink(const char *path) {
  char whole[PATH_MAX];
  int mine = ours(path, whole), done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (mine && !done) note('u', whole, 0, NULL, 0);
  return done;
}

int rename(const char *from, const char *to) {
  char one[PATH_MAX], other[PATH_MAX];
  int mine = ours(from, one) && ours(to, other);
  int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (mine && !done) note('r', one, 0, other, strlen(other));
  return done;
}

int mkdir(const char *path, mode_t mode) {
  char whole[PATH_MAX];
  int done = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  if (!done && ours(path, whole)) note('m', whole, 0, NULL, 0);
  return done;
}
