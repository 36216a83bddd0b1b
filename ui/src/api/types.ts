/** Short names for the generated types. Nothing is declared here that the OpenAPI document does not say. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type RunSummary = Schemas['RunSummary'];
export type RunDetail = Schemas['RunDetail'];
export type RunStep = Schemas['RunStep'];
export type RunState = RunSummary['state'];
export type StepState = RunStep['state'];
export type StepDetail = Schemas['StepDetail'];
export type AttemptView = Schemas['AttemptView'];
export type FailureKind = NonNullable<AttemptView['failure']>;
export type Action = RunDetail['allowed_actions'][number];
export type JobProgress = Schemas['JobProgress'];
export type EdgeView = Schemas['EdgeView'];
export type EventView = Schemas['EventView'];
export type MetricView = Schemas['MetricView'];
export type UseView = Schemas['UseView'];
export type LogChunk = Schemas['LogChunk'];
export type ThresholdReading = Schemas['ThresholdReading'];
export type RuleReading = Schemas['RuleReading'];
export type GateVerdict = Schemas['GateVerdict'];
export type RuleVerdict = Schemas['RuleVerdict'];
export type DagSummary = Schemas['DagSummary'];
export type DagDetail = Schemas['DagDetail'];
export type ParameterView = Schemas['ParameterView'];
export type DatasetSummary = Schemas['DatasetSummary'];
export type DatasetDetail = Schemas['DatasetDetail'];
export type Partition = Schemas['Partition'];
export type ModelSummary = Schemas['ModelSummary'];
export type ModelDetail = Schemas['ModelDetail'];
export type ModelVersion = Schemas['ModelVersionView'];
export type ChampionChange = Schemas['ChampionChange'];
export type Lineage = Schemas['Lineage'];
export type AlertView = Schemas['AlertView'];
