import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  type EdgeTypes,
  type Node,
  type NodeTypes,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { Empty, Failed, Loading } from '@/shared/Outcome';
import { GraphEdge } from './GraphEdge';
import { GraphNode, NODE_HEIGHT, NODE_WIDTH, type NodeFace } from './GraphNode';
import classes from './GraphView.module.css';
import { edgeId, type GraphLayout, type GraphStructure } from './structure';
import { useGraphLayout } from './useGraphLayout';

export interface GraphEdgeFace {
  from: string;
  to: string;
  /** How the line is drawn. */
  reason: 'data' | 'model' | 'order';
  label?: string;
}

interface GraphViewProps {
  nodes: NodeFace[];
  edges: GraphEdgeFace[];
  direction: 'LR' | 'TB';
  label: string;
  selected?: string | undefined;
  onSelect?: (id: string) => void;
  maxHeight?: number;
}

const NODE_TYPES: NodeTypes = { face: GraphNode };
const EDGE_TYPES: EdgeTypes = { face: GraphEdge };

const FIT = {
  padding: { top: '12px', bottom: '12px', left: '16px', right: '52px' },
  maxZoom: 1,
  minZoom: 0.15,
} as const;
/** Below this size the words in the boxes cannot be read. */
const LEGIBLE = 0.72;

/** The whole graph where that can be read, else the part around the node that matters. */
async function show(instance: ReactFlowInstance, focus: string | undefined): Promise<void> {
  await instance.fitView(FIT);
  const node = focus === undefined ? undefined : instance.getNode(focus);
  if (node && instance.getZoom() < LEGIBLE) {
    await instance.setCenter(node.position.x + NODE_WIDTH / 2, node.position.y + NODE_HEIGHT / 2, { zoom: 0.85 });
  }
}

/** A graph of boxes. The layout depends on the structure alone; states are merged in after it. */
export default function GraphView(props: GraphViewProps) {
  const { nodes, edges, direction } = props;
  const scheme = useComputedColorScheme('light');
  const structure = useMemo<GraphStructure>(
    () => ({
      nodes: nodes.map((node) => ({ id: node.id, width: NODE_WIDTH, height: NODE_HEIGHT })),
      edges: edges.map(({ from, to }) => ({ from, to })),
      direction,
    }),
    [nodes, edges, direction],
  );
  const { layout, error } = useGraphLayout(structure);
  const drawn = useMemo(() => drawNodes(props, layout?.positions ?? {}), [props, layout]);
  const lines = useMemo(() => drawEdges(nodes, edges, direction, layout), [nodes, edges, direction, layout]);

  if (nodes.length === 0) return <Empty icon="graph" title="Nothing to draw" />;
  if (error) return <Failed error={error} />;
  if (!layout) return <Loading what="the graph" />;
  const height = Math.min(Math.max(layout.height + 40, 140), props.maxHeight ?? 460);
  return (
    <section className={classes.frame} style={{ height }} aria-label={props.label}>
      <ReactFlowProvider>
        <ReactFlow
          key={`${direction} ${nodes.length}`}
          nodes={drawn}
          edges={lines}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          colorMode={scheme}
          onInit={(instance) => void show(instance, props.selected)}
          fitViewOptions={FIT}
          minZoom={0.15}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          panOnDrag
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={18} size={1} />
          <Controls showInteractive={false} position="bottom-right" aria-label="Zoom" />
        </ReactFlow>
      </ReactFlowProvider>
    </section>
  );
}

function drawNodes(
  { nodes, direction, selected, onSelect }: GraphViewProps,
  positions: Record<string, { x: number; y: number }>,
) {
  return nodes.flatMap((face): Node[] => {
    const position = positions[face.id];
    if (!position) return [];
    return [
      {
        id: face.id,
        type: 'face',
        position,
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        data: { face, direction, selected: face.id === selected, onSelect },
      },
    ];
  });
}

function drawEdges(
  nodes: NodeFace[],
  edges: GraphEdgeFace[],
  direction: 'LR' | 'TB',
  layout: GraphLayout | undefined,
): Edge[] {
  const states = new Map(nodes.map((node) => [node.id, node.state]));
  const merged = new Map<string, { face: GraphEdgeFace; labels: string[] }>();
  for (const face of edges) {
    const id = edgeId(face);
    const before = merged.get(id);
    if (before) {
      if (face.label) before.labels.push(face.label);
    } else {
      merged.set(id, { face, labels: face.label ? [face.label] : [] });
    }
  }
  return [...merged].map(([id, { face, labels }]) => ({
    id,
    source: face.from,
    target: face.to,
    type: 'face',
    data: {
      reason: face.reason,
      label: labels.join(', '),
      live: states.get(face.to) === 'running',
      bends: layout?.bends[id],
      direction,
    },
  }));
}
