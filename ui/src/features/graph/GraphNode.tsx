import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { Icon, type IconName } from '@/shared/Icon';
import { CLASS_FACES, stateFace } from '@/shared/states';
import classes from './GraphView.module.css';

export const NODE_WIDTH = 166;
export const NODE_HEIGHT = 48;

/** One box: a title, a line below it, and either a state or a data class that colours it. */
export interface NodeFace {
  id: string;
  title: string;
  subtitle: string;
  state?: string | undefined;
  dataClass?: string | undefined;
  icon?: IconName;
  /** Whole percent of what is done; the words say it too. */
  progress?: number;
  focus?: boolean;
}

interface NodeData extends Record<string, unknown> {
  face: NodeFace;
  direction: 'LR' | 'TB';
  selected: boolean;
  onSelect?: (id: string) => void;
}

export const GraphNode = memo(function GraphNode({ data }: NodeProps) {
  const { face, direction, selected, onSelect } = data as NodeData;
  const state = face.state ? stateFace(face.state) : undefined;
  const dataClass = face.dataClass ? CLASS_FACES[face.dataClass] : undefined;
  const word = state?.word ?? dataClass?.word;
  const icon = face.icon ?? state?.icon ?? dataClass?.icon ?? 'dot';
  const content = (
    <>
      <span className={classes.sign}>
        <Icon name={icon} size={15} className={state?.moving ? classes.moving : undefined} />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{face.title}</span>
        <span className={classes.subtitle}>{face.subtitle}</span>
      </span>
      {word && <span className="visually-hidden">, {word}</span>}
      {face.progress !== undefined && (
        <span className={classes.progress} aria-hidden="true" style={{ width: `${face.progress}%` }} />
      )}
    </>
  );
  const shared = {
    className: classes.node,
    style: { width: NODE_WIDTH, height: NODE_HEIGHT },
    'data-state': face.state,
    'data-class': face.dataClass,
    'data-selected': selected || undefined,
    'data-focus': face.focus || undefined,
    title: `${face.title}: ${face.subtitle}${word ? ` (${word})` : ''}`,
  };
  return (
    <>
      <Handle type="target" position={direction === 'LR' ? Position.Left : Position.Top} className={classes.handle} />
      {onSelect ? (
        <button type="button" {...shared} aria-pressed={selected} onClick={() => onSelect(face.id)}>
          {content}
        </button>
      ) : (
        <div {...shared}>{content}</div>
      )}
      <Handle
        type="source"
        position={direction === 'LR' ? Position.Right : Position.Bottom}
        className={classes.handle}
      />
    </>
  );
});
