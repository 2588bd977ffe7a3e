import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Asking } from '../api/client.ts'
import { dayAfter, type RecalculationRequest } from '../api/ledger.ts'
import { programmes } from '../api/queries.ts'
import { BehindSignIn } from '../shell/behind-sign-in.tsx'
import { Fault } from '../shell/fetched-by-right.tsx'
import { Screen } from '../shell/screen.tsx'
import { useWords } from '../words/use-words.ts'
import { ClockChoice, type Clocks, termsOf } from './clock-choice.tsx'
import { useWorklist } from './use-worklist.ts'
import { WorklistLines } from './worklist-lines.tsx'

/** Which recorded decisions would come out otherwise, and what that comes to. */
export default function RecalculationsScreen() {
  const { w } = useWords()
  return (
    <Screen title={w.decisions.worklist.title}>
      <p className="no-print">
        <Link href="/decisions">{w.decisions.toDecisions}</Link>
      </p>
      <p className="lead">{w.decisions.worklist.lead}</p>
      <BehindSignIn help={w.decisions.signedOutHelp}>
        {(asking) => <Recalculation asking={asking} />}
      </BehindSignIn>
    </Screen>
  )
}

function Recalculation({ asking }: { asking: Asking }) {
  const { w } = useWords()
  const words = w.decisions.worklist
  const worklist = useWorklist(asking)
  const { state, start, stop } = worklist
  return (
    <>
      <Terms start={start} isRunning={state.kind === 'running'} />
      <div role="status">
        {state.kind === 'running' && (
          <p className="row">
            {words.running(state.lines.length)}
            <Button variant="default" onClick={stop}>
              {words.stop}
            </Button>
          </p>
        )}
        {state.kind === 'stopped' && <p>{words.stopped}</p>}
        {state.kind === 'cut' && <p role="alert">{words.cut}</p>}
      </div>
      {state.kind === 'failed' ? (
        <Fault error={state.error} scopes="audit" again={state.again} />
      ) : (
        <WorklistLines {...state} />
      )}
    </>
  )
}

interface TermsProps {
  readonly start: (request: RecalculationRequest) => void
  readonly isRunning: boolean
}

function Terms({ start, isRunning }: TermsProps) {
  const { w, language } = useWords()
  const words = w.decisions.worklist
  const all = useQuery(programmes).data ?? []
  const [programme, setProgramme] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [clocks, setClocks] = useState<Clocks>({ choice: 'current', asOf: '', knownAt: '' })
  const [noClock, setNoClock] = useState(false)
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const terms = termsOf(clocks)
    setNoClock(terms === null)
    if (terms === null) return
    const bounds = { ...(from !== '' && { from }), ...(to !== '' && { to: dayAfter(to) }) }
    start({ ...(programme !== '' && { programme }), ...bounds, ...terms })
  }
  return (
    <form className="card no-print" onSubmit={submit}>
      <div className="fields">
        <ClockChoice
          label={words.rules}
          choices={words.choices}
          clocks={clocks}
          change={setClocks}
        />
        <NativeSelect
          label={w.decisions.programme}
          value={programme}
          onChange={({ currentTarget: { value } }) => setProgramme(value)}
          data={[
            { value: '', label: w.decisions.any },
            ...all.map(({ id, name }) => ({ value: id, label: name[language] })),
          ]}
        />
        <TextInput
          type="date"
          label={words.from}
          value={from}
          onChange={({ currentTarget: { value } }) => setFrom(value)}
        />
        <TextInput
          type="date"
          label={words.to}
          value={to}
          onChange={({ currentTarget: { value } }) => setTo(value)}
        />
      </div>
      {noClock && <p role="alert">{w.decisions.replay.pickClock}</p>}
      <Button type="submit" mt="md" loading={isRunning}>
        {words.submit}
      </Button>
    </form>
  )
}
