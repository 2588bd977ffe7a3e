import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from './io.js'

/** A path, and the option that names it. */
export interface NamedPath {
  readonly option: string
  readonly path: string
}

/** The paths of some options, those that are given. */
export function namedPaths(
  paths: Readonly<Record<string, string | undefined>>,
): readonly NamedPath[] {
  return Object.entries(paths).flatMap(([name, path]) =>
    path === undefined ? [] : [{ option: `--${name}`, path }],
  )
}

/** Throws UsageError unless each can be read. */
export function checkReads(reads: readonly NamedPath[]): void {
  for (const { option, path } of reads)
    if (['nothing', 'folder'].includes(kindOf(path))) refuse(option, `there is no file ${path}`)
}

/** Throws UsageError unless each is a folder. */
export function checkFolders(folders: readonly NamedPath[]): void {
  for (const { option, path } of folders)
    if (kindOf(path) !== 'folder') refuse(option, `there is no folder ${path}`)
}

/** Throws UsageError unless a folder is there or can be made. */
export function checkNewFolder({ option, path }: NamedPath): void {
  if (!canBeFolder(path)) refuse(option, `${path} cannot be a folder`)
}

/** Throws UsageError for what is written over something that is read, written too, or no file. */
export function checkWrites(writes: readonly NamedPath[], reads: readonly NamedPath[]): void {
  const taken = new Map(reads.map(({ option, path }) => [realPath(path), option]))
  for (const { option, path } of writes) {
    if (!['file', 'nothing'].includes(kindOf(path))) refuse(option, `${path} is no file`)
    const other = taken.get(realPath(path))
    if (other !== undefined) refuse(option, `${path} is the file of ${other}`)
    taken.set(realPath(path), option)
  }
}

function refuse(option: string, reason: string): never {
  throw new UsageError(`${option}: ${reason}`)
}

type Kind = 'file' | 'folder' | 'nothing' | 'other'

/** What is at a path, or at the end of its links. */
function kindOf(path: string): Kind {
  try {
    const found = statSync(path)
    if (found.isDirectory()) return 'folder'
    return found.isFile() ? 'file' : 'other'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'nothing' : 'other'
  }
}

function canBeFolder(path: string): boolean {
  const kind = kindOf(path)
  return kind === 'folder' || (kind === 'nothing' && canBeFolder(dirname(path)))
}

/** A path without links, whether or not something is there already. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return join(realPath(dirname(path)), basename(path))
  }
}
