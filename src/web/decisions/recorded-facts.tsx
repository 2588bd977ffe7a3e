import { useQuery } from '@tanstack/react-query'
import type { Asking, Fact } from '../api/client.ts'
import { type RecordedDecision, sealedFacts } from '../api/ledger.ts'
import { facts } from '../api/queries.ts'
import { FetchedByRight } from '../shell/fetched-by-right.tsx'
import { NamedValues } from '../shell/named-values.tsx'
import { useWords } from '../words/use-words.ts'
import { factText } from './fact-text.ts'

interface RecordedFactsProps {
  readonly asking: Asking
  readonly decision: RecordedDecision
}

type Stated = Readonly<Record<string, unknown>>

/** What was stated about the household then, read from the bytes that the entry commits to. */
export function RecordedFacts({ asking, decision }: RecordedFactsProps) {
  const { w } = useWords()
  const isErased = decision.factsErasedAt !== null
  const query = useQuery({ ...sealedFacts(asking, decision.id), enabled: !isErased })
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{w.decisions.factsTitle}</h2>
      {isErased ? (
        <p>{w.decisions.factsErasedHelp}</p>
      ) : (
        <FetchedByRight query={query} scopes="decisions:read, audit">
          {(sealed) => <Household text={sealed.facts} />}
        </FetchedByRight>
      )}
    </section>
  )
}

function Household({ text }: { text: string }) {
  const { w } = useWords()
  const dictionary = useQuery(facts).data ?? []
  const { request } = JSON.parse(text) as { request: { household: Stated } }
  const { members, ...household } = request.household
  return (
    <details className="more card">
      <summary>{w.decisions.factsLead}</summary>
      <Group title={w.common.household} entity="household" {...{ dictionary }} stated={household} />
      {(members as readonly (Stated & { id: string })[]).map(({ id, ...stated }) => (
        <Group
          key={id}
          title={w.decisions.member(id)}
          entity="member"
          dictionary={dictionary}
          stated={stated}
        />
      ))}
    </details>
  )
}

interface GroupProps {
  readonly title: string
  readonly entity: 'household' | 'member'
  readonly dictionary: readonly Fact[]
  readonly stated: Stated
}

function Group({ title, entity, dictionary, stated }: GroupProps) {
  const { w, language } = useWords()
  const rows = Object.entries(stated).map(([name, value]) => {
    const fact = dictionary.find(({ id }) => id === `${entity}.${name}`)
    return [fact?.label[language] ?? name, factText(value, fact, { w, language })] as const
  })
  return (
    <>
      <h3>{title}</h3>
      {rows.length === 0 ? <p>{w.decisions.factsNone}</p> : <NamedValues rows={rows} />}
    </>
  )
}
