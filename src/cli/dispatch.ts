import { type Command, runCommand } from './command.js'
import { type Io, UsageError } from './io.js'

/** A command, or a family of commands with a table of its own; loaded when it is asked for. */
interface Entry {
  readonly summary: string
  readonly load: () => Promise<Command | Table>
}
export type Table = ReadonlyMap<string, Entry>

/** Finds the command that the first arguments name and runs it with the rest. */
export async function dispatch(
  table: Table,
  args: readonly string[],
  io: Io,
  name = 'huimin',
): Promise<number> {
  const [first, ...rest] = args
  if (first === '--help' || first === '-h') {
    io.out(help(table, name))
    return 0
  }
  if (first === '--json') return listJson(table, io)
  const entry = first === undefined ? undefined : table.get(first)
  if (entry === undefined) throw new UsageError(unknown(table, name, first))
  const found = await entry.load()
  return isTable(found)
    ? dispatch(found, rest, io, `${name} ${first}`)
    : runCommand(found, rest, io)
}

function isTable(found: Command | Table): found is Table {
  return found instanceof Map
}

function unknown(table: Table, name: string, given: string | undefined): string {
  const problem = given === undefined ? 'which command?' : `no command "${given}";`
  return `${name}: ${problem} one of ${[...table.keys()].join(', ')}`
}

function help(table: Table, name: string): string {
  const width = Math.max(...[...table.keys()].map((key) => key.length))
  const lines = [...table].map(([key, { summary }]) => `  ${key.padEnd(width)}  ${summary}`)
  return [`${name} COMMAND [--help] [--json]`, '', ...lines, ''].join('\n')
}

function listJson(table: Table, io: Io): number {
  const list = [...table].map(([name, { summary }]) => ({ name, summary }))
  io.out(`${JSON.stringify(list, null, 2)}\n`)
  return 0
}
