!mod$ v1 sum:7948ad5b16b2ed9f
module heat
character(8_4,1)::unit
contains
subroutine diffuse(field,steps,alpha)
real(8),intent(inout)::field(:)
integer(4),intent(in)::steps
real(8),intent(in)::alpha
end
subroutine describe(field,text)
real(8),intent(in)::field(:)
character(40_4,1),intent(out)::text
end
end
