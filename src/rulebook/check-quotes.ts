import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceDocument } from '../model/clause.js'
import { at, type Parts, type Placed } from './parts.js'
import type { Defect } from './rulebook.js'

/** The paragraph of each quotation, by clause id, and quotations that are not in their document. */
export interface Quotes {
  readonly paragraphs: ReadonlyMap<string, string>
  readonly defects: readonly Defect[]
}

/** Looks up every quotation in the source documents of a folder; exactly, as in the file. */
export function checkQuotes({ clauses, documents }: Parts, sources: string): Quotes {
  const defects: Defect[] = []
  const texts = new Map<string, string>()
  for (const place of documents) {
    const text = place.value.file === null ? undefined : readSource(place, sources, defects)
    if (text !== undefined) texts.set(place.value.id, text)
  }
  const paragraphs = new Map<string, string>()
  for (const place of clauses) {
    const { id, quote, document } = place.value
    const text = texts.get(document)
    if (quote === null || text === undefined) continue
    const paragraph = paragraphOf(text, quote)
    if (paragraph === undefined)
      defects.push(at(place, '/quote', `the quotation is not in document ${document}`))
    else paragraphs.set(id, paragraph)
  }
  return { paragraphs, defects }
}

function readSource(
  place: Placed<SourceDocument>,
  sources: string,
  defects: Defect[],
): string | undefined {
  const { file, sha256 } = place.value
  let bytes: Buffer
  try {
    bytes = readFileSync(join(sources, file as string))
  } catch {
    defects.push(at(place, '/file', `SOURCES_DIR has no file ${file}`))
    return undefined
  }
  if (sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256) {
    defects.push(at(place, '/sha256', `${file} is not the file that was read`))
  }
  return bytes.toString('utf8')
}

/** The line a phrase stands in, which is a paragraph in these documents. */
function paragraphOf(text: string, phrase: string): string | undefined {
  const start = text.indexOf(phrase)
  if (start < 0) return undefined
  const end = text.indexOf('\n', start + phrase.length)
  return text.slice(text.lastIndexOf('\n', start) + 1, end < 0 ? undefined : end).trim()
}
