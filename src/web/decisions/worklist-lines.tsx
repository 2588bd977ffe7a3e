import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { quantity } from '../answer/quantity.ts'
import { NamedValues } from '../shell/named-values.tsx'
import { Empty } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { ChangeLine } from './change-line.tsx'
import { Instant } from './instant.tsx'
import { subjectKey } from './subject-text.ts'
import type { Summary, WorkLine } from './use-worklist.ts'

interface WorklistLinesProps {
  readonly lines: readonly WorkLine[]
  readonly summary: Summary | null
}

/** Decisions that are listed at once. */
const PAGE = 50

/** The summary, then the decisions that change, those that cannot be recalculated among them. */
export function WorklistLines({ lines, summary }: WorklistLinesProps) {
  const { w } = useWords()
  const [shown, setShown] = useState(PAGE)
  return (
    <>
      {summary !== null && <SummaryCard summary={summary} />}
      {lines.length > 0 && <h2>{w.decisions.worklist.list}</h2>}
      {lines.slice(0, shown).map((line) => (
        <Line key={line.id} line={line} />
      ))}
      {lines.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + PAGE)}>
          {w.decisions.worklist.more(lines.length - shown)}
        </Button>
      )}
    </>
  )
}

function SummaryCard({ summary }: { summary: Summary }) {
  const { w } = useWords()
  const words = w.decisions.worklist
  const count = (n: number) => n.toLocaleString('en-US')
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">{words.summary}</h2>
      <div className="card">
        <NamedValues
          rows={[
            [words.decisions, count(summary.decisions)],
            [words.changed, <strong key="changed">{count(summary.changed)}</strong>],
            [words.arrears, <strong key="owed">{quantity(summary.arrears, 'CNY', w)}</strong>],
            [words.overpayment, quantity(summary.overpayment, 'CNY', w)],
            [words.erased, count(summary.erased)],
            [words.notReplayed, count(summary.notReplayed)],
          ]}
        />
      </div>
      {summary.changed + summary.notReplayed === 0 && (
        <Empty title={words.none} help={words.noneHelp} />
      )}
    </section>
  )
}

function Line({ line }: { line: WorkLine }) {
  const { w } = useWords()
  const words = w.decisions.worklist
  const { id, caseReference, recordedAt, office } = line
  return (
    <article className="card">
      <h3>
        <Link href={`/decisions/${id}`}>{caseReference}</Link>
      </h3>
      <p className="quiet">
        <Instant at={recordedAt} /> · {w.decisions.office} {office}
      </p>
      {line.kind === 'changed' ? (
        line.changes.map((change) => <ChangeLine key={subjectKey(change)} change={change} />)
      ) : (
        <p>
          <strong>{words.cannot}</strong>
          {w.common.colon}
          {words.reason[line.reason] ?? line.reason}
        </p>
      )}
    </article>
  )
}
