# Golden values for GuideTest: python3 guides.py > guides.json; needs torch. Autograd in float64.
import json

import torch

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)
f32 = lambda *shape: torch.randn(*shape).float().double()
latents, anchors, teacher = f32(5, 4), f32(3, 4), f32(5, 3)
scores, logits = f32(5, 3), 2 * f32(5, 3)


def golden(value, leaf):
    (gradient,) = torch.autograd.grad(value, leaf)
    return {"loss": value.item(), "gradient": gradient.tolist()}


z = latents.clone().requires_grad_()
cosines = torch.nn.functional.normalize(z) @ torch.nn.functional.normalize(anchors).T
s = scores.clone().requires_grad_()
out = {
    "computed_by": f"torch {torch.__version__}",
    "latents": latents.tolist(),
    "anchors": anchors.tolist(),
    "teacher": teacher.tolist(),
    "scores": scores.tolist(),
    "logits": logits.tolist(),
    "relative": golden(torch.nn.functional.mse_loss(cosines, teacher), z),
}
for t in (1, 3):
    soft = torch.nn.functional.softmax(logits / t, 1)
    loss = t * t * torch.nn.functional.kl_div(
        torch.nn.functional.log_softmax(s / t, 1), soft, reduction="batchmean"
    )
    out[f"logits {t}"] = golden(loss, s)
print(json.dumps(out))
