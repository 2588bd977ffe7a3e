import { useQuery } from '@tanstack/react-query'
import type { RecordedDecision } from '../api/ledger.ts'
import { jurisdictions } from '../api/queries.ts'
import { NamedValues } from '../shell/named-values.tsx'
import { beijing } from '../words/beijing.ts'
import { useWords } from '../words/use-words.ts'
import { Instant } from './instant.tsx'

/** Who recorded a decision, when, for what, and on which clocks. */
export function RecordCard({ decision }: { decision: RecordedDecision }) {
  const { w, language } = useWords()
  const words = w.decisions
  const cities = useQuery(jurisdictions).data ?? []
  const { determination, factsErasedAt, receipt } = decision
  const cityOf = (code: string) => cities.find((one) => one.code === code)?.name[language] ?? code
  return (
    <section className="card" aria-label={words.decision}>
      <NamedValues
        rows={[
          [words.caseReference, <strong key="case">{decision.caseReference}</strong>],
          [words.recordedAt, <Instant key="at" at={decision.recordedAt} />],
          [words.office, decision.office],
          [words.actor, decision.actor],
          [words.purpose, decision.purpose],
          [words.legalBasis, decision.legalBasis ?? words.notGiven],
          ...(determination === null
            ? []
            : ([
                [words.city, cityOf(determination.jurisdiction)],
                [words.asOf, determination.asOf],
                [words.knownAt, <Instant key="known" at={determination.knownAt} />],
              ] as const)),
          [
            words.factsState,
            factsErasedAt !== null
              ? words.factsErased(beijing(factsErasedAt))
              : determination === null
                ? words.factsMissing
                : words.factsKept,
          ],
          [words.id, <code key="id">{decision.id}</code>],
          [w.record.receipt, <code key="receipt">{receipt.signature}</code>],
        ]}
      />
      {factsErasedAt !== null && <p>{words.factsErasedHelp}</p>}
    </section>
  )
}
