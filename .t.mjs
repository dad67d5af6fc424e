import * as echarts from 'echarts';
const c=echarts.init(null,null,{renderer:'svg',ssr:true,width:400,height:160});
c.setOption({animation:false,title:{text:'<b>x & "y"'},grid:{left:100,top:10,right:20,bottom:30},xAxis:{type:'value',min:1,max:7,interval:1},yAxis:{type:'category',data:['a','b']},series:[{type:'scatter',symbolSize:12,emphasis:{disabled:true},data:[{value:[3.2,0],name:'ü<i>'},[4,1]],label:{show:true,formatter:'{c}'}},
{type:'custom',silent:true,renderItem:(p,api)=>({type:'group',children:[{type:'line',shape:{x1:api.coord([2,0])[0],y1:20,x2:200,y2:20},style:{stroke:'#f00',lineWidth:2}},{type:'text',style:{text:'hi\nyou',x:30,y:30,fill:'#000',fontSize:12,fontWeight:600,align:'center',verticalAlign:'middle'}}]}),data:[[2,0]]}]});
console.log(c.renderToSVGString());
