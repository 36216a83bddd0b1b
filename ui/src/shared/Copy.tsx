import { CopyButton, UnstyledButton } from '@mantine/core';

/** A short form of something long; a click copies all of it. */
export function Copy({ text, shown }: { text: string; shown: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <UnstyledButton
          className="mono"
          onClick={copy}
          title={`${text} (click to copy)`}
          fz={12.5}
          td="underline dotted"
        >
          {copied ? 'copied' : shown}
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
