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

/** Milliseconds between two attempts to stop what runs. */
const INTERRUPT_EVERY = 100

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
  // The file is thrown away: putting it in order first would only hold everybody up.
  await connection.run('PRAGMA disable_checkpoint_on_shutdown')
  // A statement that has not begun yet does not notice: it is interrupted again until all ends.
  let again: NodeJS.Timeout | undefined
  const interrupt = () => {
    connection.interrupt()
    again ??= setInterval(interrupt, INTERRUPT_EVERY)
  }
  signal?.addEventListener('abort', interrupt)
  const close = () => {
    clearInterval(again)
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
  if (signal?.aborted) close()
  signal?.throwIfAborted()
  return { connection, folder, close }
}

/** Works in a workspace that goes when the work ends. An abort rejects with its own reason. */
export async function inWorkspace<T>(
  resources: Resources,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const workspace = await openWorkspace(resources)
  try {
    return await work(workspace).catch((error: unknown) => {
      // What DuckDB says of an interrupted query is of no use to anybody.
      resources.signal?.throwIfAborted()
      throw error
    })
  } finally {
    workspace.close()
  }
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
