import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer, Asking } from '../api/client.ts'
import { type RecordedDecision, type Replay, replayDecision } from '../api/ledger.ts'
import { failureText } from '../shell/failure-text.ts'
import { useWords } from '../words/use-words.ts'
import { ClockChoice, type Clocks, termsOf } from './clock-choice.tsx'
import { Differences, ReplayVerdict } from './replay-result.tsx'
import { useRecordedLanguage } from './use-recorded-language.ts'

interface ReplayCardProps {
  readonly asking: Asking
  readonly decision: RecordedDecision
}

/** Determines the decision again, under the recorded or other rules, and shows what differs. */
export function ReplayCard({ asking, decision }: ReplayCardProps) {
  const { w } = useWords()
  const words = w.decisions.replay
  const { determination } = decision
  return (
    <section aria-labelledby="replay" className="no-print">
      <h2 id="replay">{words.title}</h2>
      {determination === null ? (
        <p>{decision.factsErasedAt === null ? words.missing : words.erased}</p>
      ) : (
        <Form asking={asking} id={decision.id} recorded={determination} />
      )}
    </section>
  )
}

interface FormProps {
  readonly asking: Asking
  readonly id: string
  readonly recorded: Answer
}

function Form({ asking, id, recorded }: FormProps) {
  const { w } = useWords()
  const words = w.decisions.replay
  const [clocks, setClocks] = useState<Clocks>({ choice: 'recorded', asOf: '', knownAt: '' })
  const [noClock, setNoClock] = useState(false)
  const language = useRecordedLanguage(recorded) ?? asking.language
  const replaying = useMutation({
    mutationFn: (terms: NonNullable<ReturnType<typeof termsOf>>): Promise<Replay> =>
      replayDecision({ ...asking, language }, id, terms),
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const terms = termsOf(clocks)
    setNoClock(terms === null)
    if (terms !== null) replaying.mutate(terms)
  }
  return (
    <div className="card">
      <p>{words.lead}</p>
      <form onSubmit={submit}>
        <div className="fields">
          <ClockChoice
            label={words.rules}
            choices={words.choices}
            clocks={clocks}
            change={setClocks}
          />
        </div>
        {noClock && <p role="alert">{words.pickClock}</p>}
        <Button type="submit" mt="md" loading={replaying.isPending}>
          {words.submit}
        </Button>
      </form>
      {replaying.error !== null && <p role="alert">{failureText(replaying.error, w)}</p>}
      <div role="status">
        {replaying.data !== undefined && (
          <ReplayVerdict recorded={recorded} replay={replaying.data} />
        )}
      </div>
      {replaying.data !== undefined && <Differences recorded={recorded} replay={replaying.data} />}
    </div>
  )
}
