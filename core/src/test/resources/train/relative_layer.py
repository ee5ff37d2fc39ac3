# SPDX-License-Identifier: Apache-2.0
"""Losses of a linear encoder trained through a relative layer by PyTorch; the numbers of RelativeLayerTest."""
import torch, torch.nn.functional as F
def wave(shape,k,s):
    n=torch.Size(shape).numel()
    return (s*torch.sin(0.7*torch.arange(n,dtype=torch.float64)+k)).float().reshape(shape)
W=wave((3,5),1,.5).requires_grad_(); g=(1+wave((4,),2,.1)).requires_grad_(); b=wave((4,),3,.1).requires_grad_()
x=wave((6,5),4,1.); a=wave((4,5),5,1.)
t=torch.tensor([0,1,2,3,0,1])
for out in("layer","plain","unit"):
    opt=torch.optim.SGD([W,g,b],lr=0.5)
    W.data=wave((3,5),1,.5);g.data=1+wave((4,),2,.1);b.data=wave((4,),3,.1)
    L=[]
    for _ in range(3):
        with torch.no_grad(): al=F.normalize(a@W.t())
        r=F.normalize(x@W.t())@al.t()
        if out=="layer": r=F.layer_norm(r,(4,),g,b)
        if out=="unit": r=F.normalize(r)
        l=F.cross_entropy(r,t); opt.zero_grad(); l.backward(); opt.step(); L.append(round(l.item(),6))
    print(out,L)
