import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('..', import.meta.url))

/** The folders whose code a determination goes through. */
const FOLDERS = ['model', 'engine', 'rulebook', 'determination']

let digest: string | undefined

/** `sha256:…` over the code that determines, as it runs: a decision says which program made it. */
export function engineDigest(): string {
  digest ??= `sha256:${hashOf(FOLDERS.flatMap(codeIn))}`
  return digest
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) {
    const bytes = readFileSync(join(SOURCE, file))
    hash.update(`${file.split(sep).join('/')} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

function codeIn(folder: string): readonly string[] {
  const names = readdirSync(join(SOURCE, folder)).filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
  return names.sort().map((name) => join(folder, name))
}
