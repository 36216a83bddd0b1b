import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ActionError } from './Outcome';

interface ConfirmProps {
  opened: boolean;
  title: string;
  /** What will happen, in one or two sentences. */
  children: ReactNode;
  action: string;
  danger?: boolean;
  reason?: 'optional' | 'required';
  pending: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks before something that cannot be unseen, and for the reason that goes into the history. */
export function Confirm(props: ConfirmProps) {
  const [reason, setReason] = useState('');
  const missing = props.reason === 'required' && reason.trim() === '';
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !props.pending) props.onConfirm(reason.trim());
        }}
      >
        <Stack gap="sm">
          <Text size="sm" component="div">
            {props.children}
          </Text>
          {props.reason && (
            <TextInput
              label={props.reason === 'required' ? 'Reason' : 'Reason (optional)'}
              description="Goes into the history, for those who come after you."
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
              maxLength={500}
            />
          )}
          <ActionError error={props.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Not now
            </Button>
            <Button
              type="submit"
              {...(props.danger ? { color: 'red.8' } : {})}
              loading={props.pending}
              disabled={missing}
            >
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
