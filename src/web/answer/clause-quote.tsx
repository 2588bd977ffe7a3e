import { Link } from 'wouter'
import type { CitedClause } from '../api/client.ts'
import { useWords } from '../words/use-words.ts'

/** A clause as cited: its words inside their paragraph when the document is at hand. */
export function ClauseQuote({ id, clause }: { id: string; clause: CitedClause }) {
  const { w } = useWords()
  const { title, number, locator, quote, text, paragraph, evidence, document } = clause
  return (
    <div>
      <div className="row">
        <strong>
          {number ?? ''} {locator}
        </strong>
        <Link href={`/documents/${document}/${id}`}>{title}</Link>
        <span className="tag">{w.answer.evidence[evidence]}</span>
      </div>
      {quote === null ? (
        <p>{w.answer.noQuote}</p>
      ) : (
        <blockquote className="quote" lang="zh-Hans">
          {paragraph === undefined ? <mark>{quote}</mark> : <InPlace {...{ paragraph, quote }} />}
        </blockquote>
      )}
      {text !== undefined && (
        <p className="quiet">
          {w.answer.ownWords}
          {w.common.colon}
          {text}
        </p>
      )}
    </div>
  )
}

/** A phrase marked inside its paragraph; where it is not found word for word, after it. */
export function InPlace({ paragraph, quote }: { paragraph: string; quote: string }) {
  const at = paragraph.indexOf(quote)
  if (at < 0)
    return (
      <>
        {paragraph} <mark>{quote}</mark>
      </>
    )
  return (
    <>
      {paragraph.slice(0, at)}
      <mark>{quote}</mark>
      {paragraph.slice(at + quote.length)}
    </>
  )
}
