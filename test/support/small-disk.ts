import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

/** A folder on a disk of its own that is soon full; `size` as mount writes it. */
export function smallDisk(t: Test, size: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-small-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  t.teardown(() => {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Why no small disk can be had, or false where it can. */
export function noSmallDisk(): string | false {
  const folder = mkdtempSync(join(tmpdir(), 'huimin-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return false
  } catch {
    return 'no small disk can be mounted: run as root'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
