import { Input } from '@mantine/core'

interface FileFieldProps {
  readonly id: string
  readonly label: string
  readonly help: string
  readonly accept: string
  readonly error: string | undefined
  readonly onChange: (file: File | null) => void
}

/** A file to be chosen: the browser's own control, which every keyboard and reader knows. */
export function FileField({ id, label, help, accept, error, onChange }: FileFieldProps) {
  return (
    <Input.Wrapper id={id} label={label} description={help} error={error}>
      <input
        id={id}
        type="file"
        className="file"
        accept={accept}
        aria-describedby={
          error === undefined ? `${id}-description` : `${id}-description ${id}-error`
        }
        aria-invalid={error !== undefined}
        onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
      />
    </Input.Wrapper>
  )
}
