import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { levels } from './levels';
import { ReadingView } from './ReadingView';
import { VerdictView } from './VerdictView';

describe('levels of a threshold', () => {
  it('are read out of the rule as people write it', () => {
    expect(levels('log_loss mean over 3 intervals > 0.512 in 2 of 3, clear < 0.495, cooldown 3')).toEqual({
      fire: { sign: '>', value: 0.512 },
      clear: { sign: '<', value: 0.495 },
    });
    expect(levels('{ metric: auc, fire: "< 0.6", clear: ">= 0.62" }')).toEqual({
      fire: { sign: '<', value: 0.6 },
      clear: { sign: '>=', value: 0.62 },
    });
    expect(levels('no_champion')).toEqual({ fire: undefined, clear: undefined });
  });
});

describe('a reading', () => {
  it('shows the sentence, each rule and the points against both levels', () => {
    render(
      <ReadingView
        reading={{
          open: true,
          explanation: 'log_loss is 0.5172.',
          rules: [
            {
              rule: 'log_loss > 0.512, clear < 0.495',
              holds: true,
              explanation: 'two of three',
              metric: 'log_loss',
              value: 0.5172,
              points: [
                { partition: '2001-03-12', value: 0.504, samples: 116_251, breach: false },
                { partition: '2001-03-19', value: 0.5172, samples: 116_901, breach: true },
              ],
            },
          ],
        }}
      />,
    );
    expect(screen.getByText('log_loss is 0.5172.', { exact: false })).toBeDefined();
    expect(screen.getByText('two of three')).toBeDefined();
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'log_loss. 2001-03-12: 0.5040; 2001-03-19: 0.5172, breach',
    );
    expect(screen.getByText('fires > 0.512')).toBeDefined();
    expect(screen.getByText('clears < 0.495')).toBeDefined();
  });

  it('can be drawn with one point, equal values or none', () => {
    const point = { partition: '2001-01-08', value: 0, samples: 0, breach: false };
    for (const points of [[], [point], [point, { ...point, partition: '2001-01-15' }]]) {
      const { container } = render(
        <ReadingView
          reading={{
            open: false,
            explanation: '',
            rules: [{ rule: 'no numbers here', holds: false, explanation: '', points }],
          }}
        />,
      );
      expect(container.innerHTML).not.toContain('NaN');
    }
  });
});

describe('a verdict', () => {
  it('shows both sides of each rule, and says what could not be measured', () => {
    render(
      <VerdictView
        verdict={{
          accepted: false,
          explanation: 'Not good enough.',
          challenger_version: 3,
          champion_version: 2,
          rules: [
            {
              rule: 'challenger.log_loss <= champion.log_loss - 0.002',
              holds: false,
              left: 0.4821,
              explanation: 'no champion value',
            },
          ],
        }}
      />,
    );
    expect(screen.getByText(/Rejected: version 3 against champion 2/)).toBeDefined();
    expect(screen.getByText('0.4821')).toBeDefined();
    expect(screen.getByText('not measured')).toBeDefined();
    expect(screen.getByText('champion.log_loss - 0.002')).toBeDefined();
    expect(screen.getByText('fails')).toBeDefined();
  });
});
