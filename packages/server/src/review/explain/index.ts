export { answerExplain, type ExplainAnswer } from './answer.ts';
export { type ExplainRequest, explainBody, explainQuery } from './request.ts';
export { requireReviewer } from './sight.ts';
