import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, type Asking } from '../api/client.ts'
import { jurisdictions, programmes } from '../api/queries.ts'
import { startScreening } from '../api/screenings.ts'
import { today } from '../household/asked.tsx'
import { ErrorSummary, type FieldError } from '../household/error-summary.tsx'
import { ProgrammeChoice } from '../household/programme-choice.tsx'
import { Failed } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { FileField } from './file-field.tsx'
import { fieldErrors, fileFaults, isLines } from './upload-faults.ts'

interface UploadFormProps {
  readonly asking: Asking
  readonly started: (id: string) => void
}

/** A register to be screened: its files, the day, the programmes. */
export function UploadForm({ asking, started }: UploadFormProps) {
  const { w, language } = useWords()
  const words = w.screenings.upload
  const [households, setHouseholds] = useState<File | null>(null)
  const [members, setMembers] = useState<File | null>(null)
  const [asOf, setAsOf] = useState(today)
  const [jurisdiction, setJurisdiction] = useState('')
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failure, setFailure] = useState<Error | null>(null)
  const [sending, setSending] = useState<AbortController | null>(null)
  const [stopped, setStopped] = useState(false)
  const cities = useQuery(jurisdictions).data ?? []
  const here = (useQuery(programmes).data ?? []).filter((one) => one.jurisdiction === jurisdiction)
  const current = useRef(sending)
  current.current = sending
  // Who leaves the page takes the upload along.
  useEffect(() => () => current.current?.abort(), [])

  const send = async () => {
    setFailure(null)
    setStopped(false)
    const faults = fileFaults({ households, members, chosen }, w)
    setErrors(faults)
    if (households === null || faults.length > 0) return
    const controller = new AbortController()
    setSending(controller)
    try {
      const order = { households, asOf, jurisdiction, programmes: chosen }
      const pair = isLines(households) ? null : members
      started(await startScreening(asking, { ...order, members: pair }, controller.signal))
    } catch (error) {
      if (controller.signal.aborted) setStopped(true)
      else if (error instanceof ApiProblem && error.problem.errors !== undefined)
        setErrors(fieldErrors(error.problem.errors, w))
      else setFailure(error as Error)
    } finally {
      setSending(null)
    }
  }
  const messages = new Map<string, string>()
  for (const { id, message } of errors) {
    const before = messages.get(id)
    messages.set(id, before === undefined ? message : `${before} · ${message}`)
  }
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      noValidate
    >
      <h2 style={{ marginTop: 0 }}>{words.title}</h2>
      <ErrorSummary errors={errors} />
      {failure !== null && <Failed error={failure} again={() => void send()} takesFocus />}
      <p className="quiet">{words.kept}</p>
      <div className="fields">
        <FileField
          id="f-households"
          label={words.households}
          help={words.householdsHelp}
          accept=".csv,.parquet,.ndjson"
          error={messages.get('f-households')}
          onChange={setHouseholds}
        />
        {households !== null && isLines(households) ? (
          <p className="quiet">{words.membersNotNeeded}</p>
        ) : (
          <FileField
            id="f-members"
            label={words.members}
            help={words.membersHelp}
            accept=".csv,.parquet"
            error={messages.get('f-members')}
            onChange={setMembers}
          />
        )}
        <TextInput
          id="f-asOf"
          type="date"
          label={words.asOf}
          error={messages.get('f-asOf')}
          value={asOf}
          onChange={(event) => setAsOf(event.currentTarget.value)}
        />
        <NativeSelect
          id="f-jurisdiction"
          label={w.household.city}
          value={jurisdiction}
          onChange={(event) => {
            setJurisdiction(event.currentTarget.value)
            setChosen(null)
          }}
          data={[
            { value: '', label: words.allCities },
            ...cities.map(({ code, name }) => ({ value: code, label: name[language] })),
          ]}
        />
      </div>
      {here.length > 0 && (
        <ProgrammeChoice
          programmes={here}
          chosen={chosen}
          onChange={setChosen}
          error={messages.get('f-programmes')}
        />
      )}
      <div className="row" style={{ marginTop: '1rem' }}>
        <Button type="submit" size="md" loading={sending !== null}>
          {words.submit}
        </Button>
        {sending !== null && (
          <Button variant="default" onClick={() => sending.abort()}>
            {words.stop}
          </Button>
        )}
        <p role="status">{sending !== null ? words.sending : stopped ? words.stopped : ''}</p>
      </div>
    </form>
  )
}
