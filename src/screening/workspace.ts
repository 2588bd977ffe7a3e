import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** What a run may use. */
export interface Resources {
  /** DuckDB's own notation, such as 1GB; what does not fit goes to the folder. */
  readonly memory?: string
  readonly threads?: number
  /** Folder for what is half done; the system's by default. */
  readonly folder?: string
  readonly signal?: AbortSignal
}

/** A database of one run, in a folder that goes when the run ends. */
export interface Workspace {
  readonly connection: DuckDBConnection
  readonly folder: string
  readonly close: () => void
}

/** Opens a database on disk that keeps within its memory. An abort interrupts what it is doing. */
export async function openWorkspace(resources: Resources): Promise<Workspace> {
  const { memory = '1GB', threads, signal } = resources
  signal?.throwIfAborted()
  const folder = mkdtempSync(join(resources.folder ?? tmpdir(), 'huimin-screening-'))
  const instance = await DuckDBInstance.create(join(folder, 'facts.duckdb'), {
    memory_limit: memory,
    temp_directory: join(folder, 'spilled'),
    ...(threads !== undefined && { threads: String(threads) }),
  })
  const connection = await instance.connect()
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  const close = () => {
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
  if (signal?.aborted) close()
  signal?.throwIfAborted()
  return { connection, folder, close }
}

/** Writes a file under another name first, so that nobody ever finds half of it. */
export async function writeWhole(
  path: string,
  write: (unfinished: string) => Promise<void> | void,
): Promise<void> {
  const unfinished = join(dirname(path), `.${process.pid}-unfinished-${basename(path)}`)
  try {
    await write(unfinished)
    renameSync(unfinished, path)
  } finally {
    rmSync(unfinished, { force: true })
  }
}
